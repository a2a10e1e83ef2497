//! Style, script and icon: in the program itself, under names that hold the hash of their bytes.

use std::sync::LazyLock;
use xxhash_rust::xxh3::xxh3_64;

/// One file that pages ask for.
pub struct Asset {
    /// Name in addresses, below `assets/`.
    pub name: String,
    /// Type of its bytes.
    pub type_: &'static str,
    /// Its bytes.
    pub bytes: &'static [u8],
}

impl Asset {
    fn new(stem: &str, ending: &str, type_: &'static str, bytes: &'static [u8]) -> Asset {
        Asset { name: format!("{stem}.{:08x}.{ending}", xxh3_64(bytes) as u32), type_, bytes }
    }
}

/// The style sheet.
pub static STYLE: LazyLock<Asset> =
    LazyLock::new(|| Asset::new("style", "css", "text/css; charset=utf-8", include_bytes!("asset/style.css")));
/// The script: copying, pictures, nothing that a page needs.
pub static SCRIPT: LazyLock<Asset> =
    LazyLock::new(|| Asset::new("baotinh", "js", "text/javascript; charset=utf-8", include_bytes!("asset/baotinh.js")));
/// The icon.
pub static ICON: LazyLock<Asset> =
    LazyLock::new(|| Asset::new("icon", "svg", "image/svg+xml", include_bytes!("asset/icon.svg")));

/// Finds an asset by its name.
pub fn find(name: &str) -> Option<&'static Asset> {
    [&*STYLE, &*SCRIPT, &*ICON].into_iter().find(|asset| asset.name == name)
}
