//! The packer on small data made here: what it packs, that it does so alike each time, and what it refuses.

use std::collections::BTreeMap;
use std::io::Read;
use std::path::Path;

use tempfile::TempDir;

use super::{pack, with_causes};

const HEADERS: &[(&str, &str)] = &[
    ("procedures/fields.csv", "code,name,procedure_count\nG15-TP07,Hộ tịch,1\n"),
    (
        "procedures/issuers.csv",
        "code,name,level,procedure_count\nG15,Bộ Tư pháp,ministry,1\nH15,UBND tỉnh Đắk Lắk,province,1\n",
    ),
    ("procedures/applicant_kinds.csv", "code,name,group,procedure_count\nĐT1,Công dân Việt Nam,citizen,1\n"),
    ("procedures/legal_documents.csv", "id,number,title\nL00001,60/2014/QH13,Luật Hộ tịch\n"),
    (
        "procedures/legacy_2022.csv",
        "id,level,department,name,national_code,code_source,unit_count,in_current_catalogue\n\
         L22-1,commune,,Đăng ký khai sinh,1.001193,source,13,yes\n\
         L22-2,district,,Đăng ký khai sinh,1.001193,source,13,yes\n\
         L22-3,district,,Việc cũ,9.999999,source,13,no\n",
    ),
    (
        "procedures/catalogue.csv",
        "code,name,field_code,field_name,issuer_code,issuer_name,scope,levels,kind,online_level,applicant_kinds,\
         executing_agencies,decision_number,decision_date,processing_time_max,processing_unit,is_free,component_count,\
         template_count,state,updated_at,source_id,detail_file\n\
         1.001193,Đăng ký khai sinh,G15-TP07,Hộ tịch,G15,Bộ Tư pháp,commune,commune,standard,partial,ĐT1,\
         Ủy ban nhân dân cấp xã,163/QĐ-BTP,2026-01-16,1,working_day,yes,1,0,updated,2026-04-15,a,procedures_commune.jsonl\n\
         1.009999,Việc của tỉnh khác,G15-TP07,Hộ tịch,H15,UBND tỉnh Đắk Lắk,other_province,province,local_specific,full,,\
         ,,,,,,0,0,active,2026-05-01,b,\n\
         1.009998-Xoa,Đã xóa,G15-TP07,Hộ tịch,H15,UBND tỉnh Đắk Lắk,other_province,province,local_specific,full,,\
         ,,,,,,0,0,active,2026-05-02,c,\n",
    ),
    (
        "procedures/procedures_commune.jsonl",
        concat!(
            r#"{"code":"1.001193","source_id":"a","name":"Đăng ký khai sinh","field_code":"G15-TP07","#,
            r#""field_name":"Hộ tịch","issuer_code":"G15","issuer_name":"Bộ Tư pháp","scope":"commune","#,
            r#""decision_number":"163/QĐ-BTP","decision_date":"2026-01-16","levels":["commune"],"#,
            r#""legal_assignment":"assigned_regulation","kind":"standard","is_full_online":false,"#,
            r#""is_shared_service":false,"is_vertical_sector":false,"is_offline_only":false,"is_non_territorial":true,"#,
            r#""applicant_kinds":["ĐT1"],"executing_agencies":["Ủy ban nhân dân cấp xã"],"competent_agencies":[],"#,
            r#""coordinating_agencies":[],"delegated_agencies":[],"receiving_address":null,"online_level":"partial","#,
            r#""submission_methods":[{"method":"online","processing_time":"01","processing_unit":"other","#,
            r#""fee_ids":[1],"note":null}],"fees":[{"id":1,"type":"charge","amount":0,"currency":null,"#,
            r#""is_suspect":false,"note":null}],"cases":[],"dossier_groups":[],"steps":[{"name":null,"text":"Nộp"}],"#,
            r#""legal_basis":["L00001"],"results":[],"conditions":null,"keywords":null,"note":null,"life_events":[],"#,
            r#""state":"updated","created_at":"2026-04-15","updated_at":"2026-04-15"}"#,
            "\n"
        ),
    ),
    ("procedures/procedures_province.jsonl", ""),
    ("procedures/procedures_gia_lai.jsonl", ""),
    ("procedures/procedures_central.jsonl", ""),
    (
        "admin_units/provinces_old.csv",
        "code,name,short_name,type,name_ascii,new_province_code\n64,Tỉnh Gia Lai,Gia Lai,tinh,tinh gia lai,52\n",
    ),
    (
        "admin_units/provinces_new.csv",
        "code,name,short_name,type,name_ascii,old_province_codes\n52,Tỉnh Gia Lai,Gia Lai,tinh,tinh gia lai,64\n",
    ),
    (
        "admin_units/districts_old.csv",
        "code,province_code,name,short_name,type,name_ascii\n628,64,Huyện Ia Grai,Ia Grai,huyen,huyen ia grai\n",
    ),
    (
        "admin_units/communes_old.csv",
        "code,district_code,province_code,name,short_name,type,name_ascii\n23782,628,64,Xã Ia O,Ia O,xa,xa ia o\n",
    ),
    (
        "admin_units/communes_new.csv",
        "code,province_code,name,short_name,type,name_ascii,latitude,longitude,area_km2\n\
         23782,52,Xã Ia O,Ia O,xa,xa ia o,14.0,107.5,132.2\n",
    ),
    (
        "admin_units/commune_mapping.csv",
        "old_commune_code,old_district_code,old_province_code,new_commune_code,new_province_code,extent,\
         is_main_successor,confirmed_by_second_source\n23782,628,64,23782,52,whole,yes,yes\n",
    ),
    (
        "agencies/gia_lai_agencies.csv",
        "code,name,kind,level,parent_code,admin_unit_code,admin_unit_era,era,merged_into_code,receives_dossiers,source_id\n\
         H21,UBND tỉnh Gia Lai,provincial_committee,province,,64|52,old|new,both,,no,x\n\
         H21.58,UBND huyện Ia Grai,district_committee,district,H21,628,old,old,,yes,y\n\
         H21.58.99,Bộ phận Một cửa huyện Ia Grai;,reception_desk,district,H21.58,,,old,,yes,z\n\
         H08.23.26.1,Bộ phận một cửa Quy Nhơn,reception_desk,province,H21,,,,,yes,q\n",
    ),
    (
        "agencies/contacts.csv",
        "agency_code,agency_name,channel,value,purpose,source\n\
         H21.58.99,Bộ phận Một cửa,phone,02693844789,Hỗ trợ,Tờ gấp\n,Văn phòng Chính phủ,website,https://a.vn,Cổng,Tờ gấp\n",
    ),
    (
        "calendar/holidays.csv",
        "date,weekday,name,kind,is_working_day,lunar_date,swapped_with,status,source,note\n\
         2026-01-01,thu,Tết Dương lịch,holiday,no,,,official,Điều 112,\n\
         2026-01-02,fri,Hoán đổi,swapped_off,no,,2026-01-10,official,12729/VPCP-KGVX,\n\
         2026-01-10,sat,Làm bù,makeup_work,yes,,2026-01-02,official,12729/VPCP-KGVX,\n",
    ),
];

/// Good data, with some files changed.
fn data_with(changes: &[(&str, &[u8])]) -> TempDir {
    let folder = TempDir::new().unwrap();
    for (path, text) in HEADERS {
        write(folder.path(), path, text.as_bytes());
    }
    for (path, bytes) in changes {
        write(folder.path(), path, bytes);
    }
    folder
}

fn write(folder: &Path, path: &str, bytes: &[u8]) {
    let target = folder.join(path);
    std::fs::create_dir_all(target.parent().unwrap()).unwrap();
    std::fs::write(target, bytes).unwrap();
}

fn good(path: &str) -> &'static str {
    HEADERS.iter().find(|(name, _)| *name == path).unwrap().1
}

/// Packs, and reads back every file, decompressed.
fn packed(data: &TempDir) -> BTreeMap<String, String> {
    let content = TempDir::new().unwrap();
    pack(data.path(), content.path()).unwrap();
    let mut files = BTreeMap::new();
    read_folder(content.path(), content.path(), &mut files);
    files
}

fn read_folder(root: &Path, folder: &Path, files: &mut BTreeMap<String, String>) {
    for entry in folder.read_dir().unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            read_folder(root, &path, files);
            continue;
        }
        let bytes = std::fs::read(&path).unwrap();
        let name = path.strip_prefix(root).unwrap().to_str().unwrap().to_owned();
        let mut text = String::new();
        if name.ends_with(".br") {
            brotli::Decompressor::new(bytes.as_slice(), 4096).read_to_string(&mut text).unwrap();
        } else {
            text = String::from_utf8(bytes).unwrap();
        }
        files.insert(name, text);
    }
}

fn refusal(changes: &[(&str, &[u8])]) -> String {
    let data = data_with(changes);
    let content = TempDir::new().unwrap();
    let error = pack(data.path(), content.path()).unwrap_err();
    assert!(!content.path().join("VERSION").exists(), "refused data leaves no version behind");
    with_causes(&error)
}

/// The refusal of good data in which one passage is replaced.
fn refusal_of(path: &str, from: &str, to: &str) -> String {
    let text = good(path);
    assert!(text.contains(from), "{path} holds «{from}»");
    refusal(&[(path, text.replacen(from, to, 1).as_bytes())])
}

#[test]
fn good_data_becomes_compact_files() {
    let files = packed(&data_with(&[]));
    assert_eq!(files["national/levels_2022.csv"], "code,levels\n1.001193,commune|district\n");
    let catalogue: Vec<&str> = files["national/catalogue.csv.br"].lines().collect();
    assert_eq!(catalogue.len(), 3, "the deleted procedure is left out");
    assert!(catalogue[1].contains(",partial,non_territorial,ĐT1,"));
    let details: Vec<serde_json::Value> =
        files["national/procedures.jsonl.br"].lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(details[0]["submission_methods"][0]["processing_time"], 1, "a number written as words");
    assert_eq!(details[0].get("conditions"), None, "what is empty takes no space");
    assert_eq!(details[1]["name"], "Việc của tỉnh khác", "another province's procedure has the facts of its row");
    assert!(files["gia-lai/agencies.csv"].contains("H21.58.99,Bộ phận Một cửa huyện Ia Grai,reception_desk"));
    assert!(
        files["gia-lai/agencies.csv"]
            .contains("H21.58,UBND huyện Ia Grai,district_committee,district,H21,628,old,,2025-06-30,")
    );
    assert!(
        files["gia-lai/agencies.csv"]
            .contains("H08.23.26.1,Bộ phận một cửa Quy Nhơn,reception_desk,province,H21,,,2025-07-01,,")
    );
    assert!(files["VERSION"].starts_with("content 2026-05-01."));
}

#[test]
fn the_same_data_is_packed_alike_and_other_data_gets_another_version() {
    let first = packed(&data_with(&[]));
    assert_eq!(first, packed(&data_with(&[])));
    let changed = good("calendar/holidays.csv").replace("Làm bù", "Làm bù thứ Bảy");
    let second = packed(&data_with(&[("calendar/holidays.csv", changed.as_bytes())]));
    let versions =
        |files: &BTreeMap<String, String>| -> Vec<String> { files["VERSION"].lines().map(str::to_owned).collect() };
    let (first, second) = (versions(&first), versions(&second));
    assert_ne!(first[0], second[0], "content");
    assert_eq!(first[1], second[1], "catalogue");
    assert_ne!(first[2], second[2], "calendar");
}

#[test]
fn a_missing_file_or_folder_is_named() {
    let data = data_with(&[]);
    std::fs::remove_file(data.path().join("calendar/holidays.csv")).unwrap();
    let content = TempDir::new().unwrap();
    let error = with_causes(&pack(data.path(), content.path()).unwrap_err());
    assert!(error.starts_with("calendar/holidays.csv: cannot be read: "), "{error}");
    let error = with_causes(&pack(&data.path().join("nowhere"), content.path()).unwrap_err());
    assert!(error.contains("nowhere: cannot be read"), "{error}");
}

#[test]
fn bytes_that_are_not_utf8_are_refused_with_their_line() {
    let mut bytes = good("procedures/fields.csv").as_bytes().to_vec();
    bytes.extend_from_slice(b"G01,H\xF4,1\n");
    assert_eq!(
        refusal(&[("procedures/fields.csv", &bytes)]),
        "procedures/fields.csv, line 3: bytes that are not UTF-8"
    );
}

#[test]
fn text_that_would_break_searches_or_pages_is_refused() {
    // «Hộ tịch» with the marks as characters of their own.
    assert_eq!(
        refusal(&[("procedures/fields.csv", "code,name,procedure_count\nA,Ho\u{323}\u{302},1\n".as_bytes())]),
        "procedures/fields.csv, line 2: text that is not in composed form (NFC)"
    );
    assert_eq!(
        refusal(&[("procedures/fields.csv", b"code,name,procedure_count\nA,x\0y,1\n")]),
        "procedures/fields.csv, line 2: a control character"
    );
}

#[test]
fn broken_rows_are_refused_with_file_line_and_reason() {
    let holidays = "calendar/holidays.csv";
    let cases = [
        (holidays, "2026-01-01,thu,", "2026-01-01,thu,too,many,", "line 2: 12 cells, where the header has 10"),
        (holidays, "date,weekday", "day,weekday", "line 1: the header is «day,weekday,"),
        (holidays, "2026-01-01,thu", "2026-01-01,fri", "line 2: 2026-01-01 is not a «fri»"),
        (holidays, "2026-01-01,thu", "2026-02-30,thu", "line 2: date «2026-02-30» is not a day"),
        (holidays, "2026-01-02,fri", "2026-01-01,thu", "line 3: date «2026-01-01» stands twice"),
        (holidays, "no,,2026-01-10", "no,,2026-01-11", "line 3: swapped_with «2026-01-11» is not known"),
        (holidays, ",holiday,no", ",feast,no", "line 2: kind is «feast», which is none of"),
        ("agencies/gia_lai_agencies.csv", "H21.58,UBND", "H21,UBND", "line 3: code «H21» stands twice"),
        (
            "agencies/gia_lai_agencies.csv",
            "district,H21,628",
            "district,H22,628",
            "line 3: parent_code «H22» is not known",
        ),
        (
            "agencies/gia_lai_agencies.csv",
            "province,,64|52",
            "province,H21.58,64|52",
            "line 2: the parents of «H21» go round",
        ),
        ("agencies/gia_lai_agencies.csv", "628,old", "629,old", "line 3: admin_unit_code «629» is not known"),
        ("agencies/contacts.csv", "H21.58.99,", "H21.99,", "line 2: agency_code «H21.99» is not known"),
        ("admin_units/communes_old.csv", "23782,628", "23782,629", "line 2: district_code «629» is not known"),
        (
            "admin_units/commune_mapping.csv",
            "whole,yes",
            "whole,no",
            "line 2: up to here «23782» has no main successor",
        ),
        ("procedures/catalogue.csv", "1.001193,Đăng", "1.00119,Đăng", "line 2: code «1.00119» is not of the form"),
        (
            "procedures/catalogue.csv",
            "G15-TP07,Hộ tịch,H15",
            "G15-TP08,Hộ tịch,H15",
            "line 3: field_code «G15-TP08» is not known",
        ),
        ("procedures/catalogue.csv", "partial,ĐT1", "partial,ĐT2", "line 2: applicant kind «ĐT2» is not known"),
        (
            "procedures/catalogue.csv",
            "1,working_day",
            "một,working_day",
            "line 2: processing_time_max «một» is not a number",
        ),
        (
            "procedures/legacy_2022.csv",
            "9.999999,source,13,no",
            "9.999999,source,13,yes",
            "line 4: in_current_catalogue is wrong",
        ),
    ];
    for (path, from, to, expected) in cases {
        let refusal = refusal_of(path, from, to);
        assert!(refusal.starts_with(&format!("{path}, {expected}")), "{refusal}\nexpected: {expected}");
    }
}

#[test]
fn broken_details_are_refused_with_file_line_and_reason() {
    let path = "procedures/procedures_commune.jsonl";
    let cases = [
        ("{\"code\"", "{\"code\"\"", "expected `:`"),
        ("\"note\":null}]", "\"nota\":null}]", "unknown field `nota`"),
        ("\"method\":\"online\"", "\"method\":\"fax\"", "unknown variant `fax`"),
        ("\"code\":\"1.001193\"", "\"code\":\"1.001194\"", "«1.001194» is not in the catalogue"),
        ("\"name\":\"Đăng ký khai sinh\"", "\"name\":\"Khai sinh\"", "name of «1.001193» is «Khai sinh» here"),
        ("\"fee_ids\":[1]", "\"fee_ids\":[2]", "fee 2 of «1.001193» is not known"),
        ("L00001", "L00002", "legal document «L00002» of «1.001193» is not known"),
        ("\"method\":\"online\"", "\"method\":\"postal\"", "online_level of «1.001193» contradicts its ways of filing"),
    ];
    for (from, to, expected) in cases {
        let refusal = refusal_of(path, from, to);
        assert!(
            refusal.starts_with(&format!("{path}, line 1: ")) && refusal.contains(expected),
            "{refusal}\nexpected: {expected}"
        );
    }
    let twice = good(path).repeat(2);
    assert_eq!(refusal(&[(path, twice.as_bytes())]), format!("{path}, line 2: code «1.001193» stands twice"));
    assert_eq!(
        refusal(&[(path, b"")]),
        "procedures/catalogue.csv, line 2: «1.001193» has no line in procedures_commune.jsonl"
    );
}

#[test]
fn a_quotation_mark_that_is_not_closed_is_refused() {
    let refusal = refusal_of("procedures/fields.csv", "Hộ tịch,1\n", "\"Hộ tịch,1\nG16,Văn hóa,2\n");
    assert!(refusal.starts_with("procedures/fields.csv, line 2: "), "{refusal}");
}
