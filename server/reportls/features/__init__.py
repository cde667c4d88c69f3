"""What an editor shows at a place of a report: plain functions of a snapshot and an offset, in the core's own words."""
