//! 증빙 — what anyone may keep outside to hold the office to: the file of signed roots, and the proof of a receipt under one of them.
//!
//! The roots of the protected place are not published: how many events lie under them would tell when something happens there. Its key
//! is, and a receipt from there brings its own root along.

use crate::{App, Trouble};
use crypto::attestation::{Attestation, Signed};
use crypto::merkle;
use crypto::place::Place as PlaceName;
use crypto::proof::{Receipt, RootsFile, SignedRoot};
use store::place::Place;
use store::seal::Root;

/// The name of the file of roots, here and in the deposit.
pub const ROOTS_FILE: &str = "minwon-roots.txt";

fn signed(root: &Root) -> Option<SignedRoot> {
    Some(SignedRoot {
        statement: root.statement(),
        signed: Signed::from_slice(&root.signature)?,
    })
}

impl App {
    /// The keys of every place, and every root of those that publish them, oldest first.
    pub async fn roots_file(&self) -> Result<RootsFile, Trouble> {
        let mut file = RootsFile::default();
        for place in self.places.all() {
            file.keys.push((place.name, place.keys().signer.public()));
            if place.name == PlaceName::Protected {
                continue;
            }
            let mut roots = place.roots(u32::MAX >> 1).await?;
            roots.reverse();
            file.roots.extend(roots.iter().filter_map(signed));
        }
        Ok(file)
    }

    /// The proof that the event of a receipt lies under a signed root; for whoever holds the receipt. `None` for a statement that is
    /// not ours, whose event is not held any more, or that lies under no root yet.
    pub async fn receipt_proof(&self, text: &str) -> Result<Option<Receipt>, Trouble> {
        let text: String = text.chars().filter(|c| !c.is_whitespace()).collect();
        let Some((statement, said)) = Attestation::from_text(&text) else {
            return Ok(None);
        };
        for place in self.places.all() {
            if statement.verify(&place.keys().signer.public(), &said) {
                return proof(place, statement, said).await;
            }
        }
        Ok(None)
    }
}

async fn proof(place: &Place, statement: Attestation, said: Signed) -> Result<Option<Receipt>, Trouble> {
    let seq = u32::try_from(statement.seq).unwrap_or(u32::MAX);
    let Some(leaf) = place.leaf_of(statement.petition, seq).await? else {
        return Ok(None);
    };
    let roots = place.roots(u32::MAX >> 1).await?;
    let Some(over) = roots.iter().find(|root| (root.first..root.next).contains(&leaf)) else {
        return Ok(None);
    };
    let leaves = place.tree(over.first, over.next).await?;
    let index = usize::try_from(leaf - over.first).unwrap_or(usize::MAX);
    if leaves.get(index) != Some(&merkle::leaf(&statement.event)) {
        return Ok(None);
    }
    Ok(merkle::inclusion(&leaves, index)
        .zip(signed(over))
        .map(|(path, root)| Receipt {
            statement: (statement, said),
            leaf,
            path,
            root,
        }))
}
