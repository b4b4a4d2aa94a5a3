//! stories — placeholder
