//! XMP as an item of its own in an AVIF that our encoder made (ISO/IEC 23008-12, 6 and annex A.3).
//!
//! The bytes come last in the file; what tells of them makes the boxes before longer, so that the places of all other
//! items move on by as much.

/// The number of the item: above those that the encoder gives.
const ITEM: u16 = 100;

/// The number of the picture.
const PICTURE: u16 = 1;

/// The same file with the packet; nothing where it is built otherwise than our encoder builds.
pub(super) fn with_xmp(file: &[u8], xmp: &str) -> Option<Vec<u8>> {
    let mut parts = boxes(file)?;
    let at = parts.iter().position(|(kind, _)| kind == b"meta")?;
    let meta = parts[at].1;
    let longer = described(meta, 0, 0, 0)?.len() - meta.len();
    let moved = u32::try_from(longer).ok()?;
    let start = u32::try_from(file.len() + longer + 8).ok()?;
    let meta = described(meta, moved, start, u32::try_from(xmp.len()).ok()?)?;
    parts[at].1 = &meta;
    parts.push((*b"mdat", xmp.as_bytes()));
    parts
        .into_iter()
        .map(|(kind, body)| boxed(kind, body))
        .collect::<Option<Vec<_>>>()
        .map(|all| all.concat())
}

/// The box that tells of all items, with ours among them: which lies at `start`, while the others have `moved` on.
fn described(meta: &[u8], moved: u32, start: u32, length: u32) -> Option<Vec<u8>> {
    let (head, children) = meta.split_at_checked(4)?;
    let mut children: Vec<_> =
        boxes(children)?.into_iter().map(|(kind, body)| (kind, body.to_vec())).collect();
    if !children.iter().any(|(kind, _)| kind == b"iref") {
        children.push((*b"iref", vec![0; 4]));
    }
    let mut all = head.to_vec();
    for (kind, mut body) in children {
        match &kind {
            b"iloc" => placed(&mut body, moved, start, length)?,
            b"iinf" => {
                count_one_more(&mut body, 4)?;
                let mut item = vec![2, 0, 0, 0];
                item.extend(ITEM.to_be_bytes());
                item.extend(b"\0\0mime\0application/rdf+xml\0");
                body.extend(boxed(*b"infe", &item)?);
            }
            b"iref" => {
                let [from, count, to] = [ITEM, 1, PICTURE].map(u16::to_be_bytes);
                body.extend(boxed(*b"cdsc", &[from, count, to].concat())?);
            }
            _ => {}
        }
        all.extend(boxed(kind, &body)?);
    }
    Some(all)
}

/// The places of items: each in one piece, with four bytes for its place and four for its length.
fn placed(body: &mut Vec<u8>, moved: u32, start: u32, length: u32) -> Option<()> {
    if body.get(..6)? != [0, 0, 0, 0, 0x44, 0] {
        return None;
    }
    let (entries, rest) = body.get_mut(8..)?.as_chunks_mut::<14>();
    if !rest.is_empty() {
        return None;
    }
    for entry in entries {
        let [_, _, _, _, 0, 1, place @ .., _, _, _, _] = entry else { return None };
        *place = u32::from_be_bytes(*place).checked_add(moved)?.to_be_bytes();
    }
    count_one_more(body, 6)?;
    body.extend(ITEM.to_be_bytes());
    body.extend([0, 0, 0, 1]);
    body.extend(start.to_be_bytes());
    body.extend(length.to_be_bytes());
    Some(())
}

/// Counts up the two bytes there.
fn count_one_more(body: &mut [u8], at: usize) -> Option<()> {
    let count = body.get_mut(at..)?.first_chunk_mut::<2>()?;
    *count = u16::from_be_bytes(*count).checked_add(1)?.to_be_bytes();
    Some(())
}

fn boxed(kind: [u8; 4], body: &[u8]) -> Option<Vec<u8>> {
    let length = u32::try_from(body.len()).ok()?.checked_add(8)?;
    Some([&length.to_be_bytes(), &kind, body].concat())
}

/// Boxes side by side, each with a length of four bytes.
fn boxes(mut rest: &[u8]) -> Option<Vec<([u8; 4], &[u8])>> {
    let mut boxes = Vec::new();
    while let Some((length, after)) = rest.split_first_chunk::<4>() {
        let (kind, _) = after.split_first_chunk::<4>()?;
        let length = usize::try_from(u32::from_be_bytes(*length)).ok()?;
        let (this, next) = rest.split_at_checked(length)?;
        boxes.push((*kind, this.get(8..)?));
        rest = next;
    }
    rest.is_empty().then_some(boxes)
}
