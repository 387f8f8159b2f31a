pub fn write(_rows: u32, _file: &std::path::Path) -> anyhow::Result<()> { Ok(()) }
