// The API of a site, as an editor's and a moderator's client would use it.

/** Somebody who is signed in at `url`: asks with a method, a path, a body and headers, and is told the answer's body. */
export async function signIn(url, { email, password }) {
  const { access_token } = await call(url, "POST", "/v1/auth/login", { email, password });
  return (method, path, body, headers) => call(url, method, path, body, { authorization: `Bearer ${access_token}`, ...headers });
}

async function call(url, method, path, body, headers = {}) {
  // A form says itself of what type it is.
  const form = body instanceof FormData;
  const answer = await fetch(url + path, {
    method,
    headers: form ? headers : { "content-type": "application/json", ...headers },
    body: form ? body : JSON.stringify(body),
  });
  const told = await answer.text();
  if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${told}`);
  return told === "" ? null : JSON.parse(told);
}
