//! What each rendition says of its rights, as XMP: the IPTC fields by which search engines and agencies find who made a
//! picture and who may be asked. Nothing else of the file's metadata reaches a reader.

/// The rights of a photo, in the words of its record.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Notice {
    /// Who made it (dc:creator).
    pub creators: Vec<String>,
    /// The credit line (photoshop:Credit).
    pub credit: Option<String>,
    /// The copyright notice (dc:rights).
    pub copyright: Option<String>,
    /// Where the rights are explained (xmpRights:WebStatement).
    pub web_statement: Option<String>,
    /// Who licenses it (plus:Licensor).
    pub licensors: Vec<Licensor>,
}

/// Who may be asked for a licence.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Licensor {
    /// The name (plus:LicensorName).
    pub name: Option<String>,
    /// The address of a page (plus:LicensorURL).
    pub url: Option<String>,
}

/// Longest address in octets; a longer one is left out, since a part of it leads nowhere.
const MAX_URL: usize = 1000;

/// Longest text and name in characters, and most names: a packet stays below the 65,502 octets that a segment of JPEG
/// holds, even where each character is written as an entity.
const MAX_TEXT: usize = 1000;
const MAX_NAME: usize = 200;
const MAX_CREATORS: usize = 20;
const MAX_LICENSORS: usize = 3;

const HEAD: &str = concat!(
    "<?xpacket begin=\"\u{feff}\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n",
    "<x:xmpmeta xmlns:x=\"adobe:ns:meta/\"><rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">",
    "<rdf:Description rdf:about=\"\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\"",
    " xmlns:photoshop=\"http://ns.adobe.com/photoshop/1.0/\" xmlns:xmpRights=\"http://ns.adobe.com/xap/1.0/rights/\"",
    " xmlns:plus=\"http://ns.useplus.org/ldf/xmp/1.0/\">",
);
const TAIL: &str = "</rdf:Description></rdf:RDF></x:xmpmeta>\n<?xpacket end=\"r\"?>";

impl Notice {
    /// The XMP packet, if there is anything to say.
    pub(super) fn xmp(&self) -> Option<String> {
        if *self == Self::default() {
            return None;
        }
        let mut xmp = HEAD.to_owned();
        if !self.creators.is_empty() {
            xmp.push_str("<dc:creator><rdf:Seq>");
            for creator in self.creators.iter().take(MAX_CREATORS) {
                element(&mut xmp, "rdf:li", creator, MAX_NAME);
            }
            xmp.push_str("</rdf:Seq></dc:creator>");
        }
        if let Some(copyright) = &self.copyright {
            xmp.push_str("<dc:rights><rdf:Alt><rdf:li xml:lang=\"x-default\">");
            escape(&mut xmp, copyright, MAX_TEXT);
            xmp.push_str("</rdf:li></rdf:Alt></dc:rights>");
        }
        if let Some(credit) = &self.credit {
            element(&mut xmp, "photoshop:Credit", credit, MAX_TEXT);
        }
        if let Some(url) = &self.web_statement {
            address(&mut xmp, "xmpRights:WebStatement", url);
        }
        if !self.licensors.is_empty() {
            xmp.push_str("<plus:Licensor><rdf:Seq>");
            for licensor in self.licensors.iter().take(MAX_LICENSORS) {
                xmp.push_str("<rdf:li rdf:parseType=\"Resource\">");
                if let Some(name) = &licensor.name {
                    element(&mut xmp, "plus:LicensorName", name, MAX_NAME);
                }
                if let Some(url) = &licensor.url {
                    address(&mut xmp, "plus:LicensorURL", url);
                }
                xmp.push_str("</rdf:li>");
            }
            xmp.push_str("</rdf:Seq></plus:Licensor>");
        }
        xmp.push_str(TAIL);
        Some(xmp)
    }
}

fn element(xmp: &mut String, name: &str, text: &str, most: usize) {
    xmp.extend(["<", name, ">"]);
    escape(xmp, text, most);
    xmp.extend(["</", name, ">"]);
}

fn address(xmp: &mut String, name: &str, url: &str) {
    if url.len() <= MAX_URL {
        element(xmp, name, url, MAX_URL);
    }
}

/// Text of XML, without the characters that XML 1.0 cannot hold.
fn escape(xmp: &mut String, text: &str, most: usize) {
    for character in text.chars().take(most) {
        match character {
            '&' => xmp.push_str("&amp;"),
            '<' => xmp.push_str("&lt;"),
            '>' => xmp.push_str("&gt;"),
            '\t' | '\n' | '\r' => xmp.push(' '),
            '\0'..'\u{20}' | '\u{fffe}' | '\u{ffff}' => {}
            other => xmp.push(other),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_notice_with_nothing_in_it_is_not_written() {
        assert_eq!(Notice::default().xmp(), None);
    }

    #[test]
    fn texts_cannot_leave_their_element_nor_the_segment() {
        let long = "\u{0}<&>".repeat(500);
        let licensor = Licensor { name: Some(long.clone()), url: Some(long.clone()) };
        let notice = Notice {
            creators: vec![long.clone(); 50],
            credit: Some(long.clone()),
            copyright: Some("©\u{10ffff}".repeat(4000)),
            web_statement: Some(long),
            licensors: vec![licensor; 50],
        };
        let xmp = notice.xmp().unwrap();
        assert!(xmp.len() < 65_000, "{}", xmp.len());
        assert!(!xmp.contains('\0') && !xmp.contains("<&") && xmp.contains("&lt;&amp;&gt;"));
    }
}
