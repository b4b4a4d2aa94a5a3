//! folding — placeholder
