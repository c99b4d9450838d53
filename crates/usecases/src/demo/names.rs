//! Names for people who do not exist, Kinh and Jrai, so that pages look as they will.

const FAMILY: [&str; 8] = ["Nguyễn", "Trần", "Lê", "Phạm", "Võ", "Đặng", "Bùi", "Huỳnh"];
const MIDDLE: [&str; 6] = ["Thị", "Văn", "Minh", "Thanh", "Hồng", "Quốc"];
const GIVEN: [&str; 10] = ["Hoa", "Bình", "Lan", "Dũng", "Hạnh", "Tâm", "Phượng", "Sơn", "Yến", "Trung"];
const JRAI: [&str; 6] = ["Rmah H'Lan", "Siu Blê", "Ksor H'Bia", "Rah Lan Thuyên", "Puih Hyin", "Kpă Y Thương"];

/// A name that depends on the number alone.
pub fn person_name(number: u64) -> String {
    let pick = |list: &[&'static str], by: u64| list[usize::try_from(by % list.len() as u64).unwrap_or_default()];
    if number % 5 == 4 {
        return pick(&JRAI, number / 5).to_owned();
    }
    format!("{} {} {}", pick(&FAMILY, number), pick(&MIDDLE, number / 8), pick(&GIVEN, number / 3))
}
