//! What becomes of the kept files: which of their parts is believed, and what is told of the others.

use domain::photo::file_metadata::{FileMetadata, MetadataField, MetadataSource};

fn read(name: &str) -> FileMetadata {
    media::metadata::read(std::io::Cursor::new(crate::file(name))).expect("bytes can be read")
}

fn caption(metadata: &FileMetadata) -> Option<&str> {
    metadata.caption.as_ref().map(domain::block::photo::PhotoCaption::as_str)
}

#[test]
fn xmp_is_believed_unless_iim_was_changed_after_it() {
    for (name, believed) in [
        ("captions-digest-none.jpg", "The caption of XMP"),
        ("captions-digest-fresh.jpg", "The caption of XMP"),
        ("captions-digest-stale.jpg", "The caption of IIM, changed later"),
    ] {
        let metadata = read(name);
        assert_eq!(caption(&metadata), Some(believed), "{name}");
        assert_eq!(metadata.conflicts, [MetadataField::Caption], "{name}");
        let sources: Vec<_> = metadata.raw.iter().map(|raw| raw.source).collect();
        assert_eq!(sources, MetadataSource::ALL, "{name}");
    }
}

#[test]
fn of_a_credit_that_iim_cut_the_whole_is_taken_even_where_iim_is_newer() {
    let metadata = read("captions-cut-stale.jpg");
    let credit = metadata.credit_line.as_ref().map(domain::photo::credit::RawCredit::as_str);
    assert_eq!(credit, Some("MIN HAE-WON/EPA-EFE/REX/Shutterstock"));
    assert_eq!(metadata.headline.map(String::from).as_deref(), Some("Changed later"));
    assert_eq!(metadata.conflicts, []);
}

#[test]
fn a_cameras_own_caption_is_none_and_still_told() {
    let metadata = read("captions-camera.jpg");
    assert_eq!(caption(&metadata), None);
    assert_eq!(metadata.creators.len(), 1);
    assert!(metadata.raw.iter().any(|raw| raw.value == "OLYMPUS DIGITAL CAMERA"));
}

#[test]
fn each_field_of_a_file_that_has_all_is_taken_over() {
    let metadata = read("spelt-attributes.jpg");
    let told = serde_json::to_value(&metadata).expect("JSON");
    for (member, value) in told.as_object().into_iter().flatten().filter(|(member, _)| *member != "conflicts")
    {
        assert!(
            !value.is_null() && value.as_array().is_none_or(|items| !items.is_empty()),
            "{member}: {value}"
        );
    }
    for member in ["spot", "city", "region", "country", "country_code"] {
        assert!(!told["location"][member].is_null(), "{member}: {told}");
    }
    for field in MetadataField::ALL {
        assert!(metadata.raw.iter().any(|raw| raw.field == *field), "{field:?} has a raw value");
    }
    assert_eq!((metadata.creators.len(), metadata.keywords.as_slice().len()), (2, 3));
    assert_eq!(metadata.licensors.as_slice().len(), 2);
}

#[test]
fn lines_are_the_same_however_a_source_ends_them() {
    let metadata = read("spelt-lines.jpg");
    assert_eq!(caption(&metadata), Some("One\nTwo\n\nFour"));
}

// abuse: MED-05
#[test]
fn of_where_a_camera_was_and_which_one_nothing_is_read() {
    let metadata = read("private-camera.jpg");
    assert_eq!(caption(&metadata), Some("Seals off Varn"));
    assert_eq!(metadata.location.and_then(|place| place.city).map(String::from).as_deref(), Some("Varn"));
    let told = format!("{:?}", read("private-camera.jpg"));
    for private in ["59.91", "59,54", "10.75", "10,45", "SERIAL-4711", "Owner Name", "Lens-4712"] {
        assert!(!told.contains(private), "{private}: {told}");
    }
}
