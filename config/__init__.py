"""Settings, and the data files (sources, site rules, languages, topic aliases) that need no code to change."""
