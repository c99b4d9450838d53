//! The search against questions that people ask (`content/search/queries.tsv`) and against what people do to keyboards.

use std::sync::LazyLock;

use content::Content;
use domain::catalogue::Fileability;
use search::{Entry, Index, Lexicon};

const QUERIES: &str = include_str!("../../../content/search/queries.tsv");

/// So many of the questions have a right answer among the first three, per cent.
const BAR: usize = 95;

static CONTENT: LazyLock<Content> = LazyLock::new(|| Content::load().expect("the embedded content loads"));
static INDEX: LazyLock<Index> = LazyLock::new(|| {
    let words = &CONTENT.search_words;
    let lexicon = Lexicon::new(words.synonyms()).with_ignored(words.ignored()).with_fillers(words.fillers());
    let rows = CONTENT.search_rows();
    let entries = rows.map(|row| Entry { code: row.code, name: row.name, field: row.field, prior: row.prior });
    Index::build(entries, &lexicon)
});

struct Question {
    query: &'static str,
    right: Vec<&'static str>,
    topic: &'static str,
}

fn questions() -> Vec<Question> {
    let lines = QUERIES.lines().filter(|line| !line.starts_with('#'));
    let question = |line: &'static str| {
        let cells: Vec<&str> = line.split('\t').collect();
        let [query, codes, topic] = cells.as_slice() else {
            panic!("not three cells: {line}");
        };
        Question { query, right: codes.split('|').collect(), topic }
    };
    lines.map(question).collect()
}

fn code(entry: u32) -> &'static str {
    CONTENT.procedures.get(entry).code.as_str()
}

fn is_fileable(entry: u32) -> bool {
    CONTENT.assignment.fileability(entry) == Fileability::Here
}

fn found(query: &str, limit: usize) -> Vec<&'static str> {
    INDEX.search(query, limit, |_| true).iter().map(|hit| code(hit.entry)).collect()
}

/// Asks every question and fails when too many are not answered; the misses are printed.
fn ask(name: &str, questions: &[Question], filter: impl Fn(u32) -> bool) {
    let (mut first, mut missed) = (0, 0);
    for Question { query, right, topic } in questions {
        let hits = INDEX.search(query, 3, &filter);
        first += usize::from(hits.first().is_some_and(|hit| right.contains(&code(hit.entry))));
        if hits.iter().any(|hit| right.contains(&code(hit.entry))) {
            continue;
        }
        missed += 1;
        println!("{topic}: «{query}» read as {:?}", INDEX.explain(query));
        for hit in &hits {
            let procedure = CONTENT.procedures.get(hit.entry);
            println!("    {:.3} {} {}", hit.score, procedure.code, procedure.name);
        }
    }
    let asked = questions.len();
    println!("{name}: {asked} questions, {first} answered first, {} among the first three", asked - missed);
    assert!(asked >= 120, "enough questions");
    assert!((asked - missed) * 100 >= asked * BAR, "{missed} of {asked} questions are not answered");
}

#[test]
fn people_find_what_they_ask_for_among_all_procedures() {
    ask("all", &questions(), |_| true);
}

#[test]
fn people_find_what_they_ask_for_among_what_can_be_filed_here() {
    let all = CONTENT.procedures.all();
    let mut questions = questions();
    for question in &mut questions {
        question.right.retain(|right| {
            let entry = (0_u32..).zip(all).find(|(_, procedure)| procedure.code.as_str() == *right);
            is_fileable(entry.unwrap_or_else(|| panic!("{right} is in the catalogue")).0)
        });
    }
    questions.retain(|question| !question.right.is_empty());
    ask("fileable here", &questions, is_fileable);
}

#[test]
fn the_most_used_comes_first_on_a_short_query() {
    for query in ["khai sinh", "Khai Sinh", "KHAI SINH", "khaisinh", "khai  sinh "] {
        assert_eq!(found(query, 1), ["1.001193"], "{query}");
    }
    assert_eq!(found("hộ kinh doanh", 1), ["1.001612"]);
    assert_eq!(found("kết hôn", 1), ["1.000894"]);
}

/// What someone does to a title while typing it.
type Spoiling = fn(&str) -> String;

#[test]
fn a_title_is_found_with_marks_without_them_without_spaces_and_with_a_slip() {
    let spoilings: [(&str, usize, Spoiling); 5] = [
        ("as it is", 98, str::to_owned),
        ("without marks", 95, domain::text::fold),
        ("without spaces", 90, |title| domain::text::fold(title).replace(' ', "")),
        ("a letter left out", 90, |title| slip(title, leave_out)),
        ("two letters swapped", 90, |title| slip(title, |letters, at| letters.swap(at, at + 1))),
    ];
    let sample: Vec<u32> = (0_u32..).zip(CONTENT.procedures.all()).map(|(entry, _)| entry).step_by(29).collect();
    for (name, bar, spoil) in spoilings {
        let is_found = |entry: &&u32| {
            let title = &CONTENT.procedures.get(**entry).name;
            // Some procedures share their title: any of them will do.
            let same = |hit: &search::Hit| CONTENT.procedures.get(hit.entry).name == *title;
            INDEX.search(&spoil(title), 3, |_| true).iter().any(same)
        };
        let count = sample.iter().filter(is_found).count();
        println!("{name}: {count} of {} titles among the first three", sample.len());
        assert!(count * 100 >= sample.len() * bar, "{name}");
    }
}

fn leave_out(letters: &mut Vec<char>, at: usize) {
    letters.remove(at);
}

/// The folded title with a slip in the middle of its longest word.
fn slip(title: &str, spoil: fn(&mut Vec<char>, usize)) -> String {
    let folded = domain::text::fold(title);
    let mut words: Vec<String> = folded.split(' ').map(str::to_owned).collect();
    let longest = words.iter_mut().max_by_key(|word| word.len()).expect("a title has words");
    let mut letters: Vec<char> = longest.chars().collect();
    let middle = (letters.len() / 2).min(letters.len() - 2);
    spoil(&mut letters, middle);
    *longest = letters.into_iter().collect();
    words.join(" ")
}

#[test]
fn codes_are_found_whole_and_in_part() {
    assert_eq!(found("1.001193", 5), ["1.001193"]);
    assert_eq!(found("001193", 1), ["1.001193"]);
    assert_eq!(found("1.001193.000.00.00.H21", 1), ["1.001193"]);
    assert!(found("1.0011", 200).iter().all(|code| code.contains("0011")));
}

#[test]
fn nothing_is_found_for_nothing_and_limits_hold() {
    assert!(found("", 10).is_empty());
    assert!(found(" \t…!?", 10).is_empty());
    assert!(found("khai sinh", 0).is_empty());
    assert_eq!(found("giấy phép", 7).len(), 7);
    assert!(INDEX.search("khai sinh", 10, |_| false).is_empty());
    let fileable = INDEX.search("giấy phép", 50, is_fileable);
    assert!(fileable.len() == 50 && fileable.iter().all(|hit| is_fileable(hit.entry)));
}

#[test]
fn hostile_queries_are_answered_without_harm() {
    let long = "khai sinh ".repeat(10_000);
    let joined = "khaisinh".repeat(10_000);
    let marks = format!("khai{} sinh", "\u{301}".repeat(5_000));
    let queries = [
        long.as_str(),
        joined.as_str(),
        marks.as_str(),
        "'; drop table dossier; --",
        "\0\u{202E}khai\u{200B}sinh",
        "😀😀😀",
        "<script>",
        "%00%ff",
        "中文 русский",
        "ﬁ ﬀ Ⅲ",
        "İ",
        "1.1.1.1.1.1",
        "9999999999999999999999",
    ];
    for query in queries {
        let hits = INDEX.search(query, 5, |_| true);
        assert!(hits.len() <= 5 && hits.iter().all(|hit| hit.score.is_finite()));
    }
    assert_eq!(INDEX.search(&long, 1, |_| true).len(), 1, "a query that repeats itself still asks for something");
}

#[test]
fn answers_are_in_order_and_the_same_each_time() {
    for Question { query, .. } in questions() {
        let hits = INDEX.search(query, 20, |_| true);
        assert!(hits.windows(2).all(|pair| pair[0].score >= pair[1].score), "{query}");
        assert_eq!(hits, INDEX.search(query, 20, |_| true), "{query}");
    }
}
