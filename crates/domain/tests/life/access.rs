//! access — placeholder
