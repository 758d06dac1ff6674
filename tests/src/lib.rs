//! Black-box tests over a real socket, on both databases.
