//! The parts of a procedure's record, each with an address of its own for what does not fit on the first page.

use web::i18n::TextKey;

/// A part of the record, in the order in which a person needs it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Part {
    /// Thành phần hồ sơ.
    Papers,
    /// Cách nộp, thời hạn, phí và lệ phí, trường hợp.
    Methods,
    /// Cơ quan thực hiện và nơi nộp.
    Where,
    /// Trình tự thực hiện.
    Steps,
    /// Yêu cầu, điều kiện.
    Conditions,
    /// Kết quả.
    Results,
    /// Căn cứ pháp lý.
    LegalBasis,
    /// Ghi chú của nguồn.
    Remarks,
}

impl Part {
    /// Every part, in order.
    pub(crate) const ALL: [Self; 8] = [
        Self::Papers,
        Self::Methods,
        Self::Where,
        Self::Steps,
        Self::Conditions,
        Self::Results,
        Self::LegalBasis,
        Self::Remarks,
    ];

    /// The part's place in the address, which is also its id on the first page.
    pub(crate) fn slug(self) -> &'static str {
        match self {
            Self::Papers => "thanh-phan",
            Self::Methods => "cach-thuc",
            Self::Where => "noi-nop",
            Self::Steps => "trinh-tu",
            Self::Conditions => "dieu-kien",
            Self::Results => "ket-qua",
            Self::LegalBasis => "can-cu",
            Self::Remarks => "ghi-chu",
        }
    }

    /// The part with that slug.
    pub(crate) fn of_slug(slug: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|part| part.slug() == slug)
    }

    /// The part's heading.
    pub(crate) fn title(self) -> TextKey {
        match self {
            Self::Papers => TextKey("part-papers"),
            Self::Methods => TextKey("part-methods"),
            Self::Where => TextKey("part-where"),
            Self::Steps => TextKey("part-steps"),
            Self::Conditions => TextKey("part-conditions"),
            Self::Results => TextKey("part-results"),
            Self::LegalBasis => TextKey("part-legal-basis"),
            Self::Remarks => TextKey("part-remarks"),
        }
    }

    /// What the link to the whole part says, with `count` of what is there.
    pub(crate) fn whole(self) -> TextKey {
        match self {
            Self::Papers => TextKey("whole-papers"),
            Self::Methods => TextKey("whole-methods"),
            Self::Where => TextKey("whole-where"),
            Self::Steps => TextKey("whole-steps"),
            Self::Conditions => TextKey("whole-conditions"),
            Self::Results => TextKey("whole-results"),
            Self::LegalBasis => TextKey("whole-legal-basis"),
            Self::Remarks => TextKey("whole-remarks"),
        }
    }

    /// How large a share of a full first page it may take.
    pub(crate) fn share(self) -> usize {
        match self {
            Self::Papers => 5,
            Self::Methods | Self::Steps => 3,
            Self::Where | Self::Conditions | Self::Results => 2,
            Self::LegalBasis | Self::Remarks => 1,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_part_is_found_by_its_slug() {
        for part in Part::ALL {
            assert_eq!(Part::of_slug(part.slug()), Some(part));
        }
        assert_eq!(Part::of_slug("khac"), None);
    }
}
