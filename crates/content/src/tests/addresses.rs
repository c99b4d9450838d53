//! Addresses with the whole country: every commune is found by its name, every old one leads to what became of it.

use domain::address::{Place, Reading};
use domain::area::{Commune, Era};
use domain::text::fold;

use super::CONTENT;

fn communes(era: Era) -> impl Iterator<Item = &'static Commune> {
    let areas = &CONTENT.areas;
    areas.provinces(era).flat_map(move |province| areas.communes_of_province(era, province.code))
}

fn has(places: &[Place], code: &str) -> bool {
    places.iter().any(|place| place.code.as_str() == code)
}

#[test]
fn every_commune_of_today_finds_itself_by_its_name() {
    let gazetteer = CONTENT.areas.gazetteer();
    let mut count = 0;
    for commune in communes(Era::New) {
        let (name, code) = (CONTENT.areas.full_name(commune), commune.code.as_str());
        match gazetteer.read(&format!("12 Lê Lợi, {name}")) {
            Reading::Today(place) => assert_eq!((place.code.as_str(), place.name.as_str()), (code, name.as_str())),
            other => panic!("{name}: {other:?}"),
        }
        let plain = fold(&name);
        match gazetteer.read(&format!("to 3, {plain}")) {
            Reading::Today(place) => assert_eq!(place.code.as_str(), code, "{plain}"),
            // Two names that differ by their marks alone.
            Reading::Unsure(places) => assert!(has(&places, code), "{plain}: {places:?}"),
            other => panic!("{plain}: {other:?}"),
        }
        let short = gazetteer.search(&fold(&commune.name), Some(commune.province), usize::MAX);
        assert!(has(&short.places, code), "{}: {short:?}", commune.short_name);
        assert_eq!(gazetteer.put("số 12", commune.code), Some(format!("số 12, {name}")), "{name}");
        count += 1;
    }
    assert_eq!(count, 3_321);
}

#[test]
fn every_old_commune_leads_to_what_became_of_it() {
    let areas = &CONTENT.areas;
    let gazetteer = areas.gazetteer();
    let mut count = 0;
    for commune in communes(Era::Old) {
        let name = areas.full_name(commune);
        let successors: Vec<&str> = areas.successors_of(commune.code).map(|line| line.new_commune.as_str()).collect();
        for line in [format!("Tổ 1, {name}"), format!("to 1, {}", fold(&name))] {
            let (Reading::Before(places) | Reading::Unsure(places)) = gazetteer.read(&line) else {
                panic!("{line}: {:?}", gazetteer.read(&line))
            };
            assert!(!successors.is_empty() && successors.iter().all(|code| has(&places, code)), "{line}: {places:?}");
        }
        assert!(matches!(gazetteer.read(&name), Reading::Before(_)), "{name}: {:?}", gazetteer.read(&name));
        count += 1;
    }
    assert_eq!(count, 10_035);
}

#[test]
fn addresses_of_the_province_are_read_as_people_write_them() {
    let gazetteer = CONTENT.areas.gazetteer();
    let home = CONTENT.home_province();
    assert_eq!(home.map(|code| code.to_string()).as_deref(), Some("52"));
    let today = |line: &str| match gazetteer.read(line) {
        Reading::Today(place) => place.name,
        other => panic!("{line}: {other:?}"),
    };
    assert_eq!(today("Tổ dân phố 3, xã Ia Grai, tỉnh Gia Lai"), "Xã Ia Grai, Tỉnh Gia Lai");
    assert_eq!(today("12 Lê Lợi, P. Bến Thành, TP.HCM"), "Phường Bến Thành, Thành phố Hồ Chí Minh");
    let before = |line: &str| match gazetteer.read(line) {
        Reading::Before(places) => places[0].name.clone(),
        other => panic!("{line}: {other:?}"),
    };
    assert_eq!(before("Tổ 1, thị trấn Ia Kha, huyện Ia Grai, Gia Lai"), "Xã Ia Grai, Tỉnh Gia Lai");
    assert_eq!(before("12 Nguyễn Huệ, P.1, Q.3, TP. Hồ Chí Minh"), "Phường Bàn Cờ, Thành phố Hồ Chí Minh");
    let found = gazetteer.suggest("plei", home, 3).places;
    assert_eq!(found[0].name, "Phường Pleiku, Tỉnh Gia Lai");
    let district = gazetteer.suggest("thị xã An Khê", home, 20).places;
    assert!(district.iter().any(|place| place.name == "Phường An Khê, Tỉnh Gia Lai"), "{district:?}");
    assert_eq!(gazetteer.read("Bệnh viện Đa khoa tỉnh Gia Lai"), Reading::Nothing);
}
