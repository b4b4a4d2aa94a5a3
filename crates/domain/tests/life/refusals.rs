//! refusals — placeholder
