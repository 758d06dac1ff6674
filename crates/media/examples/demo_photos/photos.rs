//! What the files of the demo edition tell of their pictures, and in which part of the file: each is a case that a picture
//! desk knows. demo/photos/README.md names them.

use crate::canvas::{Color, Point};
use crate::scenes;

/// A picture and what its file tells.
pub(crate) struct Photo {
    /// The name of its file; the ending says its format.
    pub file: &'static str,
    pub scene: fn(Point) -> Color,
    /// What ExifTool is asked to write.
    pub told: &'static [&'static str],
}

pub(crate) const PHOTOS: &[Photo] = &[
    Photo {
        file: "01-mole-at-dusk.jpg",
        scene: scenes::dusk,
        told: &[
            "-IPTC:CodedCharacterSet=UTF8",
            "-IPTC:Caption-Abstract=The lighthouse on the north mole of Varn is lit at dusk, 31 December 2025. (Photo by \
             ÉMILIE ROCQ-HALM/NORDSTRAND PRESS/Holm Library/Varn Pictures)",
        ],
    },
    Photo {
        file: "02-sea-gates.jpg",
        scene: scenes::gates,
        told: &[
            "-IPTC:Headline=Storm night in Varn",
            "-IPTC:Caption-Abstract=All eleven sea gates of Varn are shut against the evening tide.",
            "-IPTC:By-line=Émilie Rocq",
            "-IPTC:By-lineTitle=Photographer",
            "-IPTC:Credit=Nordstrand Press",
            "-IPTC:Source=Nordstrand Press",
            "-IPTC:CopyrightNotice=© 2025 Nordstrand Press",
            "-IPTC:Writer-Editor=ro",
            "-IPTC:DateCreated=2025:11:30",
            "-IPTC:TimeCreated=18:42:00+01:00",
            "-IPTC:City=Varn",
            "-IPTC:Keywords=storm",
            "-IPTC:Keywords=sea gates",
            "-IPTC:OriginalTransmissionReference=VARN-0142",
        ],
    },
    Photo {
        file: "03-lanterns.jpg",
        scene: scenes::lanterns,
        told: &[
            "-XMP-dc:Description=Lanterns hang over the canal on the first night of Lantern Week in Varn.",
            "-XMP-dc:Creator=Émilie Rocq",
            "-XMP-photoshop:Credit=Émilie Rocq/Nordstrand Press",
            "-XMP-photoshop:Headline=Lantern Week begins",
            "-XMP-photoshop:DateCreated=2025-12-05T17:20:00+01:00",
            "-XMP-dc:Rights=© 2025 Nordstrand Press",
            "-XMP-xmpRights:UsageTerms=For use with reports on Lantern Week.",
            "-XMP-xmpRights:WebStatement=https://nordstrand.example/terms",
            "-XMP-plus:LicensorName=Nordstrand Press",
            "-XMP-plus:LicensorURL=https://nordstrand.example/licences",
            "-XMP-iptcCore:AltTextAccessibility=Rows of glowing lanterns above dark water, mirrored in it.",
            "-XMP-iptcCore:ExtDescrAccessibility=Seven ropes of red and yellow lanterns hang in arcs across a canal at \
             night. Behind them stand houses with a few lit windows; below, the light breaks up in the water.",
            "-XMP-iptcExt:LocationShownCity=Varn",
            "-XMP-dc:Subject=Lantern Week",
        ],
    },
    Photo {
        file: "04-herring.jpg",
        scene: scenes::herring,
        told: &[
            "-XMP-dc:Description=Herring turn below the research boat Alke, 40 metres down off Varn.",
            "-XMP-dc:Creator=Nguyễn Thị Hạnh",
            "-XMP-photoshop:Credit=Nguyễn Thị Hạnh/The Varn Courier",
            "-IPTC:CodedCharacterSet=UTF8",
            "-IPTC:Caption-Abstract=Fish off Varn. CHECK NAME OF BOAT",
            "-IPTC:By-line=The Varn Courier",
            "-IFD0:ImageDescription=OLYMPUS DIGITAL CAMERA",
            "-IFD0:Artist=Camera 2",
        ],
    },
    Photo {
        file: "05-barge.jpg",
        scene: scenes::barge,
        told: &[
            "-IPTC:CodedCharacterSet=UTF8",
            "-IPTC:Caption-Abstract=The sunken barge Tove is raised from the channel of Varn in the night to Sunday. (Varn \
             Harbour Police/Handout via Nordstrand Press) MANDATORY CREDIT. NO ARCHIVES. AUSTRIA OUT",
            "-IPTC:SpecialInstructions=Handed out by the police of the harbour for reports on the salvage.",
        ],
    },
    Photo {
        file: "06-steam-ferry.jpg",
        scene: scenes::ferry,
        told: &[
            "-XMP-dc:Description=FILE - The steam ferry Halvard leaves Varn on 3 May 1961. (Photo by Ivo \
             Grane/Nordstrand Press, File)",
            "-XMP-photoshop:DateCreated=1961-05-03",
        ],
    },
    Photo {
        file: "07-herring-depths.png",
        scene: scenes::chart,
        told: &[
            "-XMP-dc:Description=How deep herring were caught off Varn, 2017 to 2025.",
            "-XMP-dc:Creator=Søren Kjær-Amsel",
            "-XMP-photoshop:Credit=Graphic by Søren Kjær-Amsel/Courier Data Desk",
            "-XMP-iptcCore:AltTextAccessibility=Nine bars that hang from a line and grow from left to right.",
            "-XMP-iptcExt:DigitalSourceType=http://cv.iptc.org/newscodes/digitalsourcetype/dataDrivenMedia",
        ],
    },
    Photo {
        file: "08-hives.webp",
        scene: scenes::hives,
        told: &[
            "-XMP-dc:Description=Six hives stand on the hill of Holm, where Émilie Rocq keeps bees.",
            "-XMP-dc:Creator=Mara Lind",
            "-XMP-dc:Creator=Þóra Eldsdóttir",
            "-XMP-photoshop:Credit=Photograph: Mara Lind and Þóra Eldsdóttir",
            "-IFD0:Artist=Mara Lind; Þóra Eldsdóttir",
        ],
    },
    Photo {
        file: "09-noon-gun.jpg",
        scene: scenes::gun,
        told: &[
            "-IFD0:ImageDescription=The noon gun of Varn, four seconds late as ever.",
            "-IFD0:Artist=Óscar Peñalba",
            "-IFD0:Copyright=© 2025 The Varn Courier",
            "-IFD0:Orientation#=6",
            "-ExifIFD:DateTimeOriginal=2025:10:04 12:00:04",
            "-ExifIFD:OffsetTimeOriginal=+02:00",
            "-ExifIFD:SerialNumber=0000000",
            "-GPS:GPSLatitude=0.5",
            "-GPS:GPSLatitudeRef=N",
            "-GPS:GPSLongitude=0.25",
            "-GPS:GPSLongitudeRef=W",
        ],
    },
];
