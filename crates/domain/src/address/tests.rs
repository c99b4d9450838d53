//! Addresses by examples from a small country, and by hostile text.

use std::sync::LazyLock;

use proptest::prelude::*;

use super::{Gazetteer, Place, Reading};
use crate::area::{
    AreaKind, Commune, CommuneCode, CommuneMapping, District, DistrictCode, Era, Extent, Province, ProvinceCode,
};

static COUNTRY: LazyLock<Gazetteer> = LazyLock::new(country);

fn province(code: &str, name: &str, era: Era) -> Province {
    let code = ProvinceCode::parse(code).unwrap();
    Province { code, name: format!("Tỉnh {name}"), short_name: name.into(), kind: AreaKind::Tinh, era }
}

fn district(code: &str, province: &str, word: &str, name: &str, kind: AreaKind) -> District {
    District {
        code: DistrictCode::parse(code).unwrap(),
        province: ProvinceCode::parse(province).unwrap(),
        name: format!("{word} {name}"),
        short_name: name.into(),
        kind,
    }
}

fn commune(code: &str, above: (&str, Option<&str>), word: &str, name: &str, era: Era) -> Commune {
    let kind = match word {
        "Phường" => AreaKind::Phuong,
        "Thị trấn" => AreaKind::ThiTran,
        _ => AreaKind::Xa,
    };
    Commune {
        code: CommuneCode::parse(code).unwrap(),
        district: above.1.map(|code| DistrictCode::parse(code).unwrap()),
        province: ProvinceCode::parse(above.0).unwrap(),
        name: format!("{word} {name}"),
        short_name: name.into(),
        kind,
        era,
    }
}

fn became(old: &str, district: &str, old_province: &str, new: &str, extent: Extent, is_main: bool) -> CommuneMapping {
    CommuneMapping {
        old_commune: Some(CommuneCode::parse(old).unwrap()),
        old_district: DistrictCode::parse(district).unwrap(),
        old_province: ProvinceCode::parse(old_province).unwrap(),
        new_commune: CommuneCode::parse(new).unwrap(),
        new_province: ProvinceCode::parse("52").unwrap(),
        extent,
        is_main_successor: is_main,
        is_confirmed: true,
    }
}

fn country() -> Gazetteer {
    use Era::{New, Old};
    use Extent::{Partial, Whole};
    let provinces = [
        province("64", "Gia Lai", Old),
        province("52", "Bình Định", Old),
        province("52", "Gia Lai", New),
        province("19", "Thái Nguyên", New),
    ];
    let districts = [
        district("622", "64", "Thành phố", "Pleiku", AreaKind::ThanhPho),
        district("628", "64", "Huyện", "Ia Grai", AreaKind::Huyen),
        district("540", "52", "Thành phố", "Quy Nhơn", AreaKind::ThanhPho),
    ];
    let (pleiku, ia_grai, quy_nhon) = (("64", Some("622")), ("64", Some("628")), ("52", Some("540")));
    let communes = [
        commune("00001", pleiku, "Phường", "Hoa Lư", Old),
        commune("00002", pleiku, "Phường", "Diên Hồng", Old),
        commune("00003", ia_grai, "Thị trấn", "Ia Kha", Old),
        commune("00004", ia_grai, "Xã", "Ia Hrung", Old),
        commune("00005", quy_nhon, "Phường", "Trần Phú", Old),
        commune("00011", ("52", None), "Phường", "Pleiku", New),
        commune("00012", ("52", None), "Phường", "Diên Hồng", New),
        commune("00013", ("52", None), "Xã", "Ia Grai", New),
        commune("00014", ("52", None), "Xã", "Ia Hrung", New),
        commune("00015", ("52", None), "Phường", "Quy Nhơn", New),
        commune("00016", ("19", None), "Xã", "Văn Lăng", New),
        commune("00017", ("19", None), "Xã", "Văn Lãng", New),
        commune("00018", ("19", None), "Phường", "Diên Hồng", New),
    ];
    let mapping = [
        became("00001", "622", "64", "00012", Partial, false),
        became("00001", "622", "64", "00011", Partial, true),
        became("00002", "622", "64", "00012", Whole, true),
        became("00003", "628", "64", "00013", Whole, true),
        became("00004", "628", "64", "00014", Whole, true),
        became("00005", "540", "52", "00015", Whole, true),
    ];
    Gazetteer::new(&provinces, &districts, &communes, &mapping)
}

fn names(places: &[Place]) -> Vec<&str> {
    places.iter().map(|place| place.name.as_str()).collect()
}

fn found(line: &str) -> Vec<String> {
    let home = ProvinceCode::parse("52").ok();
    COUNTRY.suggest(line, home, 8).places.into_iter().map(|place| place.name).collect()
}

#[test]
fn a_commune_of_today_is_read_with_its_province_however_it_is_written() {
    for line in [
        "12 Lê Lợi, Phường Pleiku, Tỉnh Gia Lai",
        "12 Lê Lợi, phường pleiku, gia lai",
        "12 le loi, p. Plei Ku, T. Gia Lai, Việt Nam",
        "12 Lê Lợi phường Pleiku tỉnh Gia Lai",
        "Pleiku; Gia Lai",
    ] {
        assert!(matches!(COUNTRY.read(line), Reading::Today(place) if place.code.as_str() == "00011"), "{line}");
    }
    let spelled = COUNTRY.spelled("Làng Jút 1 - xã ia hrung tỉnh gia lai");
    assert_eq!(spelled, "Làng Jút 1, Xã Ia Hrung, Tỉnh Gia Lai");
    assert_eq!(COUNTRY.spelled("xã Ia Hrung"), "xã Ia Hrung", "what is not certain stays as it was written");
}

#[test]
fn marks_decide_between_names_that_are_one_without_them() {
    let Reading::Today(place) = COUNTRY.read("xã Văn Lãng, Thái Nguyên") else { panic!() };
    assert_eq!(place.code.as_str(), "00017");
    let Reading::Unsure(places) = COUNTRY.read("xa van lang, thai nguyen") else { panic!() };
    assert_eq!(places.len(), 2);
}

#[test]
fn an_old_name_leads_to_what_became_of_it() {
    let cases: &[(&str, &[&str])] = &[
        ("Tổ 1, thị trấn Ia Kha, huyện Ia Grai, Gia Lai", &["Xã Ia Grai, Tỉnh Gia Lai"]),
        ("Làng Jút 1, xã Ia Hrung, huyện Ia Grai", &["Xã Ia Hrung, Tỉnh Gia Lai"]),
        ("phường Hoa Lư, TP. Pleiku", &["Phường Pleiku, Tỉnh Gia Lai", "Phường Diên Hồng, Tỉnh Gia Lai"]),
        ("phường Hoa Lư, tỉnh Gia Lai", &["Phường Pleiku, Tỉnh Gia Lai", "Phường Diên Hồng, Tỉnh Gia Lai"]),
        ("Phường Trần Phú, Quy Nhơn, Bình Định", &["Phường Quy Nhơn, Tỉnh Gia Lai"]),
    ];
    for (line, expected) in cases {
        let Reading::Before(places) = COUNTRY.read(line) else { panic!("{line}: {:?}", COUNTRY.read(line)) };
        assert_eq!(names(&places), *expected, "{line}");
        assert!(places.iter().all(|place| place.is_divided == (expected.len() > 1)), "{line}");
    }
}

#[test]
fn what_is_not_certain_is_told_so() {
    assert!(matches!(COUNTRY.read("phường Diên Hồng"), Reading::Unsure(places) if places.len() == 2));
    assert!(matches!(COUNTRY.read("Phường Quy Nhơn, Bình Định"), Reading::Unsure(places) if places.len() == 1));
    assert!(matches!(COUNTRY.read("xã Ia Kha, huyện Ia Grai"), Reading::Unsure(places) if places.len() == 1));
    for line in ["", "12 Pleiku", "Bệnh viện Đa khoa tỉnh Gia Lai", "Paris, Pháp", "xã, huyện, tỉnh", "Gia Lai"]
    {
        assert_eq!(COUNTRY.read(line), Reading::Nothing, "{line}");
    }
}

#[test]
fn communes_are_found_while_one_types() {
    assert_eq!(found("12 Lê Lợi, ph"), [""; 0]);
    assert_eq!(found("12 Lê Lợi, plei"), ["Phường Pleiku, Tỉnh Gia Lai"]);
    assert_eq!(found("ia h"), ["Xã Ia Hrung, Tỉnh Gia Lai"]);
    assert_eq!(found("xã ia h"), ["Xã Ia Hrung, Tỉnh Gia Lai"]);
    assert_eq!(found("hoa lu"), ["Phường Pleiku, Tỉnh Gia Lai", "Phường Diên Hồng, Tỉnh Gia Lai"]);
    assert_eq!(found("Diên Hồng"), ["Phường Diên Hồng, Tỉnh Gia Lai", "Phường Diên Hồng, Tỉnh Thái Nguyên"]);
    assert_eq!(found("Diên Hồng, thái"), ["Phường Diên Hồng, Tỉnh Thái Nguyên"]);
    assert_eq!(found("Tổ 1, huyện Ia Grai"), ["Xã Ia Grai, Tỉnh Gia Lai", "Xã Ia Hrung, Tỉnh Gia Lai"]);
    let searched = |line: &str| COUNTRY.search(line, None, 8);
    assert_eq!(names(&searched("12 le loi pleiku").places), ["Phường Pleiku, Tỉnh Gia Lai"]);
    assert_eq!(names(&searched("12 Lê Lợi Pleiku, Gia Lai").places), ["Phường Pleiku, Tỉnh Gia Lai"]);
    assert_eq!(names(&searched("12 Lê Lợi").places), [""; 0]);
}

#[test]
fn a_commune_that_is_chosen_takes_the_place_of_what_named_it() {
    let put = |line: &str, code: &str| COUNTRY.put(line, CommuneCode::parse(code).unwrap());
    let cases = [
        ("12 Lê Lợi, plei", "00011", "12 Lê Lợi, Phường Pleiku, Tỉnh Gia Lai"),
        ("12 le loi pleiku", "00011", "12 le loi, Phường Pleiku, Tỉnh Gia Lai"),
        ("phường Hoa Lư, TP. Pleiku", "00012", "Phường Diên Hồng, Tỉnh Gia Lai"),
        ("Tổ 1, thị trấn Ia Kha, huyện Ia Grai, Gia Lai", "00013", "Tổ 1, Xã Ia Grai, Tỉnh Gia Lai"),
        ("Tổ 2, huyện Ia Grai", "00014", "Tổ 2, Xã Ia Hrung, Tỉnh Gia Lai"),
        ("Nhà trọ Hoa Mai", "00015", "Nhà trọ Hoa Mai, Phường Quy Nhơn, Tỉnh Gia Lai"),
        ("", "00015", "Phường Quy Nhơn, Tỉnh Gia Lai"),
    ];
    for (line, code, expected) in cases {
        assert_eq!(put(line, code).as_deref(), Some(expected), "{line}");
    }
    assert_eq!(put("Tổ 1", "99999"), None);
}

proptest! {
    #[test]
    fn hostile_text_is_read_and_found_without_harm(line in "(\\PC|[,;.() ]|xã |Ph.|Ia Grai|huyện ){0,60}") {
        let _ = COUNTRY.read(&line);
        let found = COUNTRY.search(&line, None, 3);
        prop_assert!(found.places.len() <= 3 && line.is_char_boundary(found.from));
        let put = COUNTRY.put(&line, CommuneCode::parse("00011").unwrap()).unwrap();
        prop_assert!(put.ends_with("Phường Pleiku, Tỉnh Gia Lai"));
        prop_assert!(matches!(COUNTRY.read(&put), Reading::Today(_)), "{put:?}");
    }
}
