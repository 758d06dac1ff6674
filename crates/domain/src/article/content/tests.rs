//! That a patch does what rulings 4 and 10 say, and that a document is read back as it was written.
