"""The forms in which an overview is written. Each gives its text piece by piece: there may be thousands of rows."""
