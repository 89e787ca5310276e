"""The rows of a batch as a table: columns by name, sorted, filtered, written out."""
