//! How much of each part the first page of a procedure shows, so that it arrives quickly on the slowest network.

/// Weights of the pieces of each part, with the part's share, become the number of pieces that the first page shows.
///
/// A part that needs less than its share leaves the rest to the others. A part is never cut inside a piece.
pub(crate) fn allot(parts: &[(usize, Vec<usize>)], total: usize) -> Vec<usize> {
    let needs: Vec<usize> = parts.iter().map(|(_, weights)| weights.iter().sum()).collect();
    let mut caps = vec![0; parts.len()];
    let mut order: Vec<usize> = (0..parts.len()).collect();
    // Those that need least for their share are served first; what they leave is divided among the rest.
    order.sort_by_key(|place| needs[*place] / parts[*place].0.max(1));
    let mut left = total;
    let mut shares_left: usize = parts.iter().map(|(share, _)| share).sum();
    for place in order {
        let share = parts[place].0;
        caps[place] = needs[place].min(left * share / shares_left.max(1));
        left -= caps[place];
        shares_left -= share;
    }
    parts.iter().zip(caps).map(|((_, weights), cap)| fitting(weights, cap)).collect()
}

/// The pages of a part: each a range of pieces that together weigh no more than a page may, or one piece alone.
pub(crate) fn pages(weights: &[usize], page: usize) -> Vec<std::ops::Range<usize>> {
    let mut pages = Vec::new();
    let mut start = 0;
    while start < weights.len() {
        let end = start + fitting(&weights[start..], page).max(1);
        pages.push(start..end);
        start = end;
    }
    pages
}

fn fitting(weights: &[usize], most: usize) -> usize {
    let mut sum = 0;
    weights
        .iter()
        .take_while(|weight| {
            sum += **weight;
            sum <= most
        })
        .count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_fits_is_shown_whole() {
        assert_eq!(allot(&[(1, vec![10, 10]), (3, vec![50])], 70), [2, 1]);
        assert_eq!(allot(&[(1, vec![]), (1, vec![5])], 10), [0, 1]);
        assert_eq!(allot(&[], 10), [0usize; 0]);
    }

    #[test]
    fn a_small_part_leaves_its_rest_to_the_large() {
        // 100 for two: the small one takes 20, so the large one has 80.
        assert_eq!(allot(&[(1, vec![20]), (1, vec![10; 50])], 100), [1, 8]);
    }

    #[test]
    fn shares_weigh() {
        assert_eq!(allot(&[(3, vec![10; 50]), (1, vec![10; 50])], 80), [6, 2]);
    }

    #[test]
    fn the_allotted_never_weighs_more_than_the_total() {
        for total in [0, 1, 99, 1_000, 12_345] {
            let parts = [(5, vec![700; 9]), (3, vec![33; 70]), (1, vec![4_000]), (2, vec![1])];
            let shown = allot(&parts, total);
            let weight: usize = parts.iter().zip(&shown).map(|((_, w), n)| w[..*n].iter().sum::<usize>()).sum();
            assert!(weight <= total);
        }
    }

    #[test]
    fn pages_hold_every_piece_once() {
        let weights = [40, 40, 40, 500, 10];
        let pages = pages(&weights, 100);
        assert_eq!(pages, [0..2, 2..3, 3..4, 4..5]);
    }
}
