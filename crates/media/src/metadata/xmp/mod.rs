//! XMP: RDF in XML. Its spellings are many, so what they mean is worked out once (`rdf`) and then looked up (`properties`).

mod element;
mod packet;
mod properties;
mod rdf;
mod scope;

use super::found::Found;

/// What the packets of a file tell, and whether one was left before its end. The first packet that has a property counts.
pub fn read(packets: &[Vec<u8>]) -> (Vec<Found>, bool) {
    let mut properties = Vec::new();
    let mut broken = false;
    for packet in packets {
        let read = packet::read(packet);
        properties.extend(read.properties);
        broken |= read.broken;
    }
    (properties::found(&properties), broken)
}
