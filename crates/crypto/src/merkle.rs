//! 머클 나무 — the tree under a signed root, as RFC 6962 §2.1 shapes it, with proofs of inclusion and of growth.
//!
//! A leaf hash is SHA-256(0x00 ‖ data), a node SHA-256(0x01 ‖ left ‖ right); the left half of a tree of `n` leaves holds
//! the largest power of two below `n`. So a leaf can never pass for a node, and a tree of any size has one shape.

use sha2::{Digest, Sha256};

/// 32 bytes of a leaf, a node or a root.
pub type Hash = [u8; 32];

/// The hash of a leaf.
pub fn leaf(data: &[u8]) -> Hash {
    Sha256::new()
        .chain_update([0])
        .chain_update(data)
        .finalize()
        .into()
}

/// The root over leaf hashes in order; of none it is SHA-256 of nothing.
pub fn root(leaves: &[Hash]) -> Hash {
    let mut tree = Tree::default();
    leaves.iter().for_each(|leaf| tree.push(*leaf));
    tree.root()
}

/// A tree that grows leaf by leaf and keeps only the peaks: one hash per one-bit in its size. Store `size` and `peaks` to go on later.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Tree {
    /// How many leaves it has.
    pub size: u64,
    /// The roots of its complete sub-trees, largest first.
    pub peaks: Vec<Hash>,
}

impl Tree {
    /// Adds a leaf hash on the right.
    pub fn push(&mut self, leaf: Hash) {
        let mut hash = leaf;
        for _ in 0..self.size.trailing_ones() {
            let left = self.peaks.pop().unwrap_or_default();
            hash = node(&left, &hash);
        }
        self.peaks.push(hash);
        self.size += 1;
    }

    /// The root over all leaves so far.
    pub fn root(&self) -> Hash {
        let mut peaks = self.peaks.iter().rev();
        let Some(last) = peaks.next() else {
            return Sha256::digest([]).into();
        };
        peaks.fold(*last, |right, left| node(left, &right))
    }
}

/// The proof that leaf `index` lies under the root of `leaves`, from the leaf upwards. `None` past the end.
pub fn inclusion(leaves: &[Hash], index: usize) -> Option<Vec<Hash>> {
    if index >= leaves.len() {
        return None;
    }
    if leaves.len() == 1 {
        return Some(Vec::new());
    }
    let (left, right) = leaves.split_at(split(leaves.len()));
    let (mut proof, beside) = match index.checked_sub(left.len()) {
        None => (inclusion(left, index)?, root(right)),
        Some(index) => (inclusion(right, index)?, root(left)),
    };
    proof.push(beside);
    Some(proof)
}

/// Whether `proof` shows that `leaf` is leaf number `index` of the `size` leaves under `root`.
pub fn verify_inclusion(root: &Hash, size: u64, index: u64, leaf: &Hash, proof: &[Hash]) -> bool {
    if index >= size {
        return false;
    }
    let (mut at, mut last, mut hash) = (index, size - 1, *leaf);
    for beside in proof {
        if last == 0 {
            return false;
        }
        if at & 1 == 1 || at == last {
            hash = node(beside, &hash);
            // A node without a right neighbour rises until it has one.
            while at & 1 == 0 && at != 0 {
                at >>= 1;
                last >>= 1;
            }
        } else {
            hash = node(&hash, beside);
        }
        at >>= 1;
        last >>= 1;
    }
    last == 0 && hash == *root
}

/// The proof that the tree of the first `old` leaves is the beginning of the tree of all. `None` unless `1 ≤ old ≤ leaves`.
pub fn consistency(leaves: &[Hash], old: usize) -> Option<Vec<Hash>> {
    (1..=leaves.len())
        .contains(&old)
        .then(|| sub_proof(leaves, old, Known::Yes))
}

/// Whether `proof` shows that the tree of `old_size` leaves with `old_root` was only added to, giving `new_root`.
pub fn verify_consistency(
    old_root: &Hash,
    old_size: u64,
    new_root: &Hash,
    new_size: u64,
    proof: &[Hash],
) -> bool {
    if old_size == 0 || old_size > new_size {
        return false;
    }
    if old_size == new_size {
        return proof.is_empty() && old_root == new_root;
    }
    let mut rest = proof.iter();
    let (mut at, mut last) = (old_size - 1, new_size - 1);
    while at & 1 == 1 {
        at >>= 1;
        last >>= 1;
    }
    // An old tree of a power of two is itself the first hash, and is left out of the proof.
    let first = if old_size.is_power_of_two() {
        *old_root
    } else {
        match rest.next() {
            Some(hash) => *hash,
            None => return false,
        }
    };
    let (mut old, mut new) = (first, first);
    for beside in rest {
        if last == 0 {
            return false;
        }
        if at & 1 == 1 || at == last {
            old = node(beside, &old);
            new = node(beside, &new);
            while at & 1 == 0 && at != 0 {
                at >>= 1;
                last >>= 1;
            }
        } else {
            new = node(&new, beside);
        }
        at >>= 1;
        last >>= 1;
    }
    last == 0 && old == *old_root && new == *new_root
}

/// Whether the one who checks already holds the root of the sub-tree.
#[derive(Clone, Copy)]
enum Known {
    Yes,
    No,
}

fn sub_proof(leaves: &[Hash], old: usize, known: Known) -> Vec<Hash> {
    if old == leaves.len() {
        return match known {
            Known::Yes => Vec::new(),
            Known::No => vec![root(leaves)],
        };
    }
    let (left, right) = leaves.split_at(split(leaves.len()));
    let (mut proof, beside) = match old.checked_sub(left.len()) {
        None | Some(0) => (sub_proof(left, old, known), root(right)),
        Some(old) => (sub_proof(right, old, Known::No), root(left)),
    };
    proof.push(beside);
    proof
}

/// The largest power of two below `n` (for `n ≥ 2`).
fn split(n: usize) -> usize {
    1 << (n - 1).ilog2()
}

fn node(left: &Hash, right: &Hash) -> Hash {
    Sha256::new()
        .chain_update([1])
        .chain_update(left)
        .chain_update(right)
        .finalize()
        .into()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::hash::tests::unhex;
    use domain::text::hex;
    use proptest::prelude::*;

    /// The eight leaves and the roots that implementations of RFC 6962 check one another with.
    #[test]
    fn the_roots_are_those_of_rfc_6962() {
        let inputs = [
            "",
            "00",
            "10",
            "2021",
            "3031",
            "40414243",
            "5051525354555657",
            "606162636465666768696a6b6c6d6e6f",
        ];
        let roots = [
            "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
            "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
            "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
            "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
            "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
            "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
            "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
            "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
            "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
        ];
        let leaves: Vec<Hash> = inputs.iter().map(|text| leaf(&unhex(text))).collect();
        for (size, expected) in roots.iter().enumerate() {
            assert_eq!(hex(&root(&leaves[..size])), *expected, "{size} leaves");
        }
    }

    fn leaves(n: usize) -> Vec<Hash> {
        (0..n).map(|i| leaf(&i.to_be_bytes())).collect()
    }

    #[test]
    fn every_leaf_of_every_small_tree_is_proven_and_only_where_it_lies() {
        for n in 1..=33 {
            let leaves = leaves(n);
            let root = root(&leaves);
            for i in 0..n {
                let proof = inclusion(&leaves, i).unwrap();
                let size = n as u64;
                assert!(
                    verify_inclusion(&root, size, i as u64, &leaves[i], &proof),
                    "{i} of {n}"
                );
                for other in (0..=n).filter(|other| *other != i) {
                    assert!(
                        !verify_inclusion(&root, size, other as u64, &leaves[i], &proof),
                        "{i} as {other} of {n}"
                    );
                }
                let mut longer = proof.clone();
                longer.push([0; 32]);
                assert!(!verify_inclusion(&root, size, i as u64, &leaves[i], &longer));
                if let Some((_, shorter)) = proof.split_last() {
                    assert!(!verify_inclusion(&root, size, i as u64, &leaves[i], shorter));
                }
            }
            assert_eq!(inclusion(&leaves, n), None);
        }
    }

    #[test]
    fn growth_is_proven_and_rewriting_is_not() {
        for n in 1..=33 {
            let all = leaves(n);
            let new = root(&all);
            for old in 1..=n {
                let proof = consistency(&all, old).unwrap();
                let (m, k) = (old as u64, n as u64);
                assert!(
                    verify_consistency(&root(&all[..old]), m, &new, k, &proof),
                    "{old} in {n}"
                );
                let mut other = all.clone();
                other[old - 1] = [9; 32];
                assert!(
                    !verify_consistency(&root(&other[..old]), m, &new, k, &proof),
                    "rewritten {old} in {n}"
                );
                assert!(!verify_consistency(
                    &root(&all[..old]),
                    m,
                    &root(&other),
                    k,
                    &proof
                ));
            }
            assert_eq!(consistency(&all, 0), None);
            assert_eq!(consistency(&all, n + 1), None);
        }
    }

    proptest! {
        #[test]
        fn a_changed_proof_proves_nothing(n in 2usize..200, index: usize, at: usize, byte in 0usize..32, flip in 1u8..) {
            let leaves = leaves(n);
            let index = index % n;
            let mut proof = inclusion(&leaves, index).unwrap();
            let at = at % proof.len();
            proof[at][byte] ^= flip;
            prop_assert!(!verify_inclusion(&root(&leaves), n as u64, index as u64, &leaves[index], &proof));
        }

        /// A tree stored at any size and taken up again gives the same root as one drawn at once.
        #[test]
        fn a_tree_can_be_put_down_and_taken_up(n in 0usize..300, cut: usize) {
            let leaves = leaves(n);
            let cut = cut % (n + 1);
            let mut first = Tree::default();
            leaves[..cut].iter().for_each(|leaf| first.push(*leaf));
            let mut again = Tree { size: first.size, peaks: first.peaks.clone() };
            leaves[cut..].iter().for_each(|leaf| again.push(*leaf));
            prop_assert_eq!(again.root(), naive(&leaves));
            prop_assert_eq!(again.peaks.len() as u32, again.size.count_ones());
        }
    }

    /// The definition of RFC 6962, word for word, to hold the incremental tree against.
    fn naive(leaves: &[Hash]) -> Hash {
        match leaves {
            [] => Sha256::digest([]).into(),
            [one] => *one,
            many => {
                let (left, right) = many.split_at(many.len().next_power_of_two() / 2);
                node(&naive(left), &naive(right))
            }
        }
    }
}
