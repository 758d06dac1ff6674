// A thread and its form. Everything that a reader wrote reaches the page as text, or as the HTML that the server made of it.

// The page says which server is ours, never its address: HTML of that server becomes part of the page, and anybody can write a
// link.
const { api } = document.body.dataset;
const article = new URLSearchParams(location.search).get("article");
const comments = `${api}/v1/articles/${encodeURIComponent(article)}/comments`;
const $ = (id) => document.getElementById(id);

// When the form was shown: programs send it sooner than people.
let shownAt;
let replyTo = null;
let next = null;

await show();

/** Shows the thread from its beginning, and the form where it takes comments. */
async function show() {
  $("thread").replaceChildren();
  const { thread } = await page();
  $("title").textContent = thread.count === 1 ? "1 comment" : `${thread.count} comments`;
  $("none").hidden = !(thread.count === 0 && thread.accepting);
  $("closed").hidden = thread.accepting || !thread.enabled;
  $("form").hidden = !thread.accepting;
  $("form").elements.body.maxLength = thread.max_length;
  shownAt ??= performance.now();
}

/** Adds a page of the thread to it. */
async function page() {
  // Browsers may keep an answer for some seconds. Asked again it costs little, and shows what was just approved.
  const answer = await fetch(next ? `${comments}?cursor=${encodeURIComponent(next)}` : comments, { cache: "no-cache" });
  const told = await answer.json();
  if (!answer.ok) throw new Error(told.detail ?? told.title);
  $("thread").append(...told.data.map(item));
  next = told.page.next_cursor;
  $("more").hidden = next === null;
  return told;
}

/** A comment of the thread. */
function item(comment) {
  const li = document.createElement("li");
  li.id = `comment-${comment.id}`;
  li.style.marginInlineStart = `${comment.depth * 1.5}rem`;
  if (comment.tombstone) {
    li.className = "gone";
    li.textContent = "This comment is gone.";
    return li;
  }
  const author = document.createElement("strong");
  author.className = "author";
  author.textContent = comment.author.name;
  const body = document.createElement("div");
  body.className = "body";
  body.innerHTML = comment.body_html;
  const reply = document.createElement("button");
  reply.type = "button";
  reply.textContent = "Reply";
  reply.addEventListener("click", () => answering(comment));
  li.append(author, comment.author.staff ? " (newsroom)" : "", body, reply);
  return li;
}

/** Lets the form reply to a comment, or to none. */
function answering(comment) {
  replyTo = comment?.id ?? null;
  $("replying").hidden = replyTo === null;
  $("parent").textContent = comment?.author.name ?? "";
}

$("more").addEventListener("click", page);
$("not-reply").addEventListener("click", () => answering(null));

$("form").addEventListener("submit", async (event) => {
  event.preventDefault();
  const form = event.target;
  const { author_name, author_email, body, website } = Object.fromEntries(new FormData(form));
  const answer = await fetch(comments, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({
      author_name,
      author_email,
      body,
      website,
      parent_id: replyTo,
      filled_in_ms: Math.round(performance.now() - shownAt),
    }),
  });
  const told = await answer.json();
  if (!answer.ok) {
    const faults = (told.errors ?? []).map((fault) => `${fault.pointer}: ${fault.detail}`);
    $("notice").textContent = faults.join("; ") || told.detail || told.title;
    return;
  }
  form.reset();
  answering(null);
  const seen = told.state === "visible";
  $("notice").textContent = seen ? "Thank you." : "Thank you. Your comment waits for a moderator.";
  offerToTakeBack(told);
  if (seen) await startAgain();
});

/** What was just sent can be taken back while the token counts. The token stays in this page. */
function offerToTakeBack({ id, edit_token }) {
  const button = $("take-back");
  button.hidden = false;
  button.dataset.comment = id;
  button.onclick = async () => {
    const headers = { authorization: `Bearer ${edit_token}` };
    button.disabled = true;
    const answer = await fetch(`${comments}/${id}`, { method: "DELETE", headers }).catch(() => Response.error());
    button.disabled = false;
    // A token that counts no longer finds nothing, and where the article is withdrawn there is nothing to find. Whatever else
    // stands in the way may pass, so the button stays.
    const late = answer.status === 404 || answer.status === 410;
    const refusal = late ? "It is too late for that." : "That did not work. Please try again in a moment.";
    $("notice").textContent = answer.ok ? "Your comment is gone." : refusal;
    button.hidden = answer.ok || late;
    if (answer.ok) await startAgain();
  };
}

function startAgain() {
  next = null;
  return show();
}
