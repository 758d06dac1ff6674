//! What readers see, decided at read time.
