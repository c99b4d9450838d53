//! The shell round every page: who looks at it, in which language, where in the menu, and whom to ask for help.

use std::borrow::Cow;

use crate::assets;
use crate::i18n::{Locale, TextKey, Texts};

/// The data of the layouts, the field `page` of every template.
#[derive(Clone)]
pub struct Page<'a> {
    /// The texts in the language of the page.
    pub t: &'static Texts,
    /// The portal's name as configured: `Cổng Dịch vụ công tỉnh Gia Lai`.
    pub portal_name: &'a str,
    /// Whether it is the nation's portal, from which dossiers are filed at the province's.
    pub is_national: bool,
    /// Whether it is drawn in the office's shell, on pages that citizens have too.
    pub is_office: bool,
    /// Path and query of the request, for the language switch and for coming back after signing in.
    pub path: Cow<'a, str>,
    /// What it shows is shown once only: there is no switch of the language, which would lose it.
    pub is_shown_once: bool,
    /// The entry of the menu to which the page belongs.
    pub section: Option<Section>,
    /// Who looks at the page.
    pub viewer: PageViewer<'a>,
    /// The session's token against forged forms, put in every form by `fields::csrf()`.
    pub csrf_token: &'a str,
    /// For whom the viewer acts, shown on every page until they stop.
    pub acting: Option<&'a str>,
    /// For whom the viewer acted until a moment ago; it ended by itself.
    pub acting_ended: Option<&'a str>,
    /// Whether officers are recovering the viewer's account at a desk, shown on every page until it ends.
    pub is_being_recovered: bool,
    /// Set in the demonstration only.
    pub demo: Option<Demo<'a>>,
    /// The one-stop desk that helps, shown at the foot of every page.
    pub help: HelpContact<'a>,
}

impl<'a> Page<'a> {
    /// The language of the page.
    pub fn locale(&self) -> Locale {
        self.t.locale()
    }

    /// The same page marked as part of a section of the menu.
    pub fn in_section(mut self, section: Section) -> Page<'a> {
        self.section = Some(section);
        self
    }

    /// The same page, which answers a form whose own address shows nothing: the language is switched at this one.
    pub fn found_at(mut self, path: impl Into<Cow<'a, str>>) -> Page<'a> {
        self.path = path.into();
        self
    }

    /// The same page, whose content is not shown again.
    pub fn shown_once(mut self) -> Page<'a> {
        self.is_shown_once = true;
        self
    }

    /// The same page in the office's shell.
    pub fn in_office(mut self) -> Page<'a> {
        self.is_office = true;
        self
    }

    /// Whether the header offers to register and to sign in.
    pub fn is_anonymous(&self) -> bool {
        self.viewer == PageViewer::Anonymous
    }

    /// The name of the citizen or enterprise who is signed in.
    pub fn citizen(&self) -> Option<&'a str> {
        match self.viewer {
            PageViewer::Citizen(name) => Some(name),
            _ => None,
        }
    }

    /// The words of the link to the dossiers of whoever is signed in, or is represented. Nobody is represented at the
    /// province by being so at the nation, so there is no such link at the nation.
    pub fn dossiers_link(&self) -> Option<String> {
        match self.acting {
            Some(_) if self.is_national => None,
            Some(name) => Some(self.t.f("menu-dossiers-of", [("name", name.into())])),
            None => Some(self.t.m("menu-my-dossiers").to_owned()),
        }
    }

    /// The officer who is signed in.
    pub fn officer(&self) -> Option<OfficerName<'a>> {
        match self.viewer {
            PageViewer::Officer(officer) => Some(officer),
            _ => None,
        }
    }

    /// Whether the office's menu leads to the inbox: for officers to whom no dossiers come it does not.
    pub fn has_inbox(&self) -> bool {
        self.officer().is_none_or(|officer| officer.has_inbox)
    }

    /// Whether the office's menu leads to the recoveries of a desk.
    pub fn sees_recoveries(&self) -> bool {
        self.officer().is_some_and(|officer| officer.sees_recoveries)
    }

    /// Whether the page belongs to the recoveries.
    pub fn is_recoveries(&self) -> bool {
        self.section == Some(Section::Recoveries)
    }

    /// Whether the office's menu leads to the administration.
    pub fn administers(&self) -> bool {
        self.officer().is_some_and(|officer| officer.administers)
    }

    /// Whether the page belongs to the administration.
    pub fn is_administration(&self) -> bool {
        self.section == Some(Section::Administration)
    }

    /// Whether the page belongs to the officers' inbox.
    pub fn is_inbox(&self) -> bool {
        self.section == Some(Section::Inbox)
    }

    /// The address of an asset by its plain name.
    pub fn asset(&self, name: &str) -> &'static str {
        assets::url(name)
    }

    /// The entries of the portal's menu.
    pub fn menu(&self) -> [MenuEntry; 6] {
        Section::MENU.map(|section| {
            let (href, text) = match section {
                // The leaflet's way through the nation's portal (R46).
                Section::Services if self.is_national => ("/thong-tin-va-dich-vu", TextKey("menu-information")),
                section => (section.href(), section.text()),
            };
            MenuEntry { href, text, current: self.section == Some(section) }
        })
    }

    /// The other languages, each with the address of this page in it.
    pub fn other_languages(&self) -> Vec<LanguageLink> {
        let others = Locale::ALL.into_iter().filter(|locale| *locale != self.locale() && !self.is_shown_once);
        others.map(|locale| LanguageLink { locale, href: with_language(&self.path, locale) }).collect()
    }
}

/// Who looks at a page, as far as the header shows it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PageViewer<'a> {
    /// Not known, on a page of an error: the header offers neither signing in nor signing out.
    Unknown,
    /// Nobody has signed in.
    Anonymous,
    /// A citizen or an enterprise, by the name of the account.
    Citizen(&'a str),
    /// An officer.
    Officer(OfficerName<'a>),
}

/// An officer as the header shows it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OfficerName<'a> {
    /// The officer's name.
    pub name: &'a str,
    /// The agency for which the officer acts.
    pub agency: &'a str,
    /// Whether there is an inbox of dossiers for the officer.
    pub has_inbox: bool,
    /// Whether the officer sees the recoveries of a desk.
    pub sees_recoveries: bool,
    /// Whether the officer looks after accounts.
    pub administers: bool,
}

/// What the demonstration says about itself on every page.
#[derive(Clone, Debug)]
pub struct Demo<'a> {
    /// The address of the simulators, where the messages that were not really sent are read.
    pub simulators: &'a str,
    /// The time that the demonstration's clock shows when it was moved: `14:05 22/11/2026`.
    pub moved_clock: Option<String>,
}

/// The desk that helps people to use the services (R44).
#[derive(Clone, Copy, Debug)]
pub struct HelpContact<'a> {
    /// The desk's name.
    pub name: &'a str,
    /// The telephone number as people read it: `(0269) 3844 789`.
    pub phone: &'a str,
    /// The number as a telephone dials it: `+842693844789`.
    pub phone_link: &'a str,
}

/// An entry of the portal's menu.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Section {
    /// Trang chủ.
    Home,
    /// Dịch vụ công.
    Services,
    /// Thủ tục.
    Procedures,
    /// Cơ quan.
    Agencies,
    /// Tra cứu.
    Tracking,
    /// Hỗ trợ.
    Help,
    /// The viewer's own dossiers; in the account's menu.
    MyDossiers,
    /// The viewer's account; in the account's menu.
    Account,
    /// An officer's inbox; in the office's menu.
    Inbox,
    /// Recoveries of accounts at the desk; in the office's menu.
    Recoveries,
    /// The administration; in the office's menu.
    Administration,
}

impl Section {
    const MENU: [Section; 6] =
        [Section::Home, Section::Services, Section::Procedures, Section::Agencies, Section::Tracking, Section::Help];

    /// The section's address.
    pub fn href(self) -> &'static str {
        match self {
            Section::Home => "/",
            Section::Services => "/dich-vu-cong",
            Section::Procedures => "/thu-tuc",
            Section::Agencies => "/co-quan",
            Section::Tracking => "/tra-cuu",
            Section::Help => "/ho-tro",
            Section::MyDossiers => "/ho-so",
            Section::Account => "/tai-khoan",
            Section::Inbox => "/can-bo",
            Section::Recoveries => "/can-bo/khoi-phuc",
            Section::Administration => "/quan-tri",
        }
    }

    /// The key of the section's name.
    pub fn text(self) -> TextKey {
        match self {
            Section::Home => TextKey("menu-home"),
            Section::Services => TextKey("menu-services"),
            Section::Procedures => TextKey("menu-procedures"),
            Section::Agencies => TextKey("menu-agencies"),
            Section::Tracking => TextKey("menu-tracking"),
            Section::Help => TextKey("menu-help"),
            Section::MyDossiers => TextKey("menu-my-dossiers"),
            Section::Account => TextKey("menu-account"),
            Section::Inbox => TextKey("menu-inbox"),
            Section::Recoveries => TextKey("menu-recoveries"),
            Section::Administration => TextKey("menu-administration"),
        }
    }
}

/// A menu entry as the layout shows it.
pub struct MenuEntry {
    /// The address.
    pub href: &'static str,
    /// The key of its name.
    pub text: TextKey,
    /// Whether the page belongs to it.
    pub current: bool,
}

/// A link of the language switch.
pub struct LanguageLink {
    /// The language to which it leads.
    pub locale: Locale,
    /// This page in that language.
    pub href: String,
}

/// The path with the query's `lang` set.
fn with_language(path: &str, locale: Locale) -> String {
    let (path, query) = path.split_once('?').unwrap_or((path, ""));
    let kept = query.split('&').filter(|pair| !pair.is_empty() && *pair != "lang" && !pair.starts_with("lang="));
    let mut href = format!("{path}?");
    for pair in kept {
        href.push_str(pair);
        href.push('&');
    }
    href.push_str("lang=");
    href.push_str(locale.code());
    href
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_language_switch_keeps_the_rest_of_the_address() {
        let cases = [
            ("/thu-tuc", "/thu-tuc?lang=en"),
            ("/thu-tuc?q=khai%20sinh&trang=2", "/thu-tuc?q=khai%20sinh&trang=2&lang=en"),
            ("/thu-tuc?lang=vi&q=a", "/thu-tuc?q=a&lang=en"),
            ("/?lang=vi", "/?lang=en"),
        ];
        for (path, expected) in cases {
            assert_eq!(with_language(path, Locale::En), expected);
        }
    }
}
