//! Tells works apart whose cites look alike: more names, given names, what the style has for it, a letter after the year.
//!
//! The order is the one of CSL 1.0.2, "Disambiguation". Each step looks at the sets of works that still look alike.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::cite::names::initials;
use crate::cite::processor::{Likeness, Processor};
use crate::cite::render::{Fix, SetFix, SetReport};
use crate::cite::style::{Condition, Element, GivenRule, Style};
use crate::cite::work::Name;

impl Processor<'_> {
    /// Finds what tells the listed works apart.
    pub fn tell_apart(&mut self) {
        let part = &self.style.citation;
        if part.add_given && part.given_rule != GivenRule::ByCite {
            self.names_apart(part.given_rule);
        }
        if part.add_names || (part.add_given && part.given_rule == GivenRule::ByCite) {
            for set in self.sets() {
                self.more_names(&set);
            }
        }
        if asks(self.style) {
            for set in self.sets() {
                self.condition(&set);
            }
        }
        if part.add_year_letter {
            for set in self.sets() {
                for (index, work) in set.iter().enumerate() {
                    self.fixes[*work].letter = Some(index);
                }
            }
        }
    }

    /// The works that look alike, in the order of the list.
    fn sets(&mut self) -> Vec<Vec<usize>> {
        self.look_at_all();
        let mut sets: BTreeMap<Arc<str>, Vec<usize>> = BTreeMap::new();
        for at in 0..self.listed.len() {
            let alike = self.now(self.listed[at]);
            sets.entry(alike.letters).or_default().push(at);
        }
        let mut sets: Vec<Vec<usize>> = sets.into_values().filter(|set| set.len() > 1).collect();
        sets.sort_by_key(|set| set[0]);
        sets.into_iter().map(|set| set.into_iter().map(|at| self.listed[at]).collect()).collect()
    }

    /// How many other works of a set look like each.
    fn clashes(&mut self, set: &[usize], fixes: &[Fix]) -> Vec<usize> {
        let keys: Vec<Arc<str>> = set.iter().zip(fixes).map(|(work, fix)| self.alike(*work, fix).letters).collect();
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        keys.iter().for_each(|key| *counts.entry(key).or_default() += 1);
        keys.iter().map(|key| counts[&**key] - 1).collect()
    }

    /// What a cite of a work looks like now.
    fn now(&mut self, work: usize) -> Likeness {
        let fix = self.fixes[work].clone();
        self.alike(work, &fix)
    }

    /// Adds names, then given names, to works that look alike.
    fn more_names(&mut self, set: &[usize]) {
        let part = &self.style.citation;
        let reports: Vec<Arc<[SetReport]>> = set.iter().map(|work| self.now(*work).reports).collect();
        let Some(most) = reports.iter().flat_map(|all| all.iter()).map(|report| report.names.len()).max() else {
            return;
        };
        let base: Vec<Fix> = set.iter().map(|work| self.fixes[*work].clone()).collect();
        let mut best: Vec<(usize, Fix)> = self.clashes(set, &base).into_iter().zip(base.iter().cloned()).collect();
        let shown_least =
            reports.iter().flat_map(|all| all.iter()).map(|report| report.shown).min().unwrap_or(1).max(1);
        let by_cite = part.add_given && part.given_rule == GivenRule::ByCite;
        let last = if part.add_names { most } else { shown_least };
        for shown in shown_least..=last {
            let mut fixes: Vec<Fix> =
                base.iter().zip(&reports).map(|(fix, reports)| widened(fix, reports, shown)).collect();
            let mut now = self.clashes(set, &fixes);
            keep_best(&mut best, &now, &fixes);
            if by_cite {
                let positions =
                    reports.iter().flat_map(|all| all.iter()).map(|report| report.names.len()).max().unwrap_or(0);
                let sets = reports.iter().map(|all| all.len()).max().unwrap_or(0);
                'given: for which in 0..sets {
                    for position in 0..positions {
                        for level in 1..=2 {
                            if now.iter().all(|clash| *clash == 0) {
                                break 'given;
                            }
                            let tried: Vec<Fix> = fixes
                                .iter()
                                .zip(&reports)
                                .zip(&now)
                                .map(|((fix, reports), clash)| {
                                    if *clash == 0 {
                                        fix.clone()
                                    } else {
                                        deepened(fix, reports, which, position, level)
                                    }
                                })
                                .collect();
                            let then = self.clashes(set, &tried);
                            if then.iter().sum::<usize>() < now.iter().sum::<usize>() {
                                fixes = tried;
                                now = then;
                                keep_best(&mut best, &now, &fixes);
                                break;
                            }
                        }
                    }
                }
            }
            if best.iter().all(|(clash, _)| *clash == 0) {
                break;
            }
        }
        for (work, (_, fix)) in set.iter().zip(best) {
            self.fixes[*work] = fix;
        }
    }

    /// Lets `disambiguate` hold for works that still look alike; what it shows helps a reader even where two reprints
    /// stay alike.
    fn condition(&mut self, set: &[usize]) {
        set.iter().for_each(|work| self.fixes[*work].condition = true);
    }

    /// Given names for people who share a surname, wherever they are cited.
    fn names_apart(&mut self, rule: GivenRule) {
        let primary = matches!(rule, GivenRule::PrimaryName | GivenRule::PrimaryNameWithInitials);
        let most = match rule {
            GivenRule::AllNamesWithInitials | GivenRule::PrimaryNameWithInitials => 1,
            GivenRule::AllNames | GivenRule::PrimaryName | GivenRule::ByCite => 2,
        };
        let listed = self.listed.clone();
        let reports: Vec<Arc<[SetReport]>> = listed.iter().map(|work| self.now(*work).reports).collect();
        // Every person, by what is shown of them at each level.
        let mut people: BTreeMap<(u8, String), Vec<&Name>> = BTreeMap::new();
        for report in reports.iter().flat_map(|all| all.iter()) {
            for name in report.names.iter().take(if primary { 1 } else { usize::MAX }) {
                for level in 0..=2 {
                    let entry = people.entry((level, at_level(name, level))).or_default();
                    if !entry.iter().any(|other| same(other, name)) {
                        entry.push(name);
                    }
                }
            }
        }
        let alone =
            |name: &Name, level: u8| people.get(&(level, at_level(name, level))).is_none_or(|found| found.len() < 2);
        let mut fixes = Vec::new();
        for (work, reports) in listed.iter().zip(&reports) {
            let mut fix = self.fixes[*work].clone();
            for report in reports.iter() {
                let levels = report
                    .names
                    .iter()
                    .zip(&report.levels)
                    .enumerate()
                    .map(|(at, (name, own))| {
                        if (primary && at > 0) || alone(name, *own) {
                            return *own;
                        }
                        let steps = if report.initials { 1..=most } else { 2..=most.max(2) };
                        if !report.initials && most < 2 {
                            return *own;
                        }
                        steps.into_iter().find(|level| *level > *own && alone(name, *level)).unwrap_or(*own)
                    })
                    .collect();
                fix.sets.push(SetFix { shown: 0, levels });
            }
            fixes.push((*work, fix));
        }
        for (work, fix) in fixes {
            self.fixes[work] = fix;
        }
    }
}

/// Keeps for each work the first fix with the fewest clashes.
fn keep_best(best: &mut [(usize, Fix)], now: &[usize], fixes: &[Fix]) {
    for ((best, clash), fix) in best.iter_mut().zip(now).zip(fixes) {
        if *clash < best.0 {
            *best = (*clash, fix.clone());
        }
    }
}

/// A fix with so many names shown in every list.
fn widened(fix: &Fix, reports: &[SetReport], shown: usize) -> Fix {
    let mut fix = fix.clone();
    fix.sets.resize_with(reports.len().max(fix.sets.len()), SetFix::default);
    for (set, report) in fix.sets.iter_mut().zip(reports) {
        set.shown = if report.shown < report.names.len() { shown } else { report.shown };
    }
    fix
}

/// A fix with more of one name.
fn deepened(fix: &Fix, reports: &[SetReport], which: usize, position: usize, level: u8) -> Fix {
    let mut fix = fix.clone();
    fix.sets.resize_with(reports.len().max(fix.sets.len()), SetFix::default);
    if let (Some(set), Some(report)) = (fix.sets.get_mut(which), reports.get(which)) {
        set.levels.resize(report.names.len(), 0);
        if let Some(own) = set.levels.get_mut(position) {
            *own = (*own).max(level);
        }
    }
    fix
}

fn same(one: &Name, other: &Name) -> bool {
    let given = |name: &Name| name.given.replace([' ', '.'], "");
    one.family == other.family
        && given(one) == given(other)
        && one.literal == other.literal
        && one.non_dropping == other.non_dropping
}

/// What is shown of a name at a level.
fn at_level(name: &Name, level: u8) -> String {
    if let Some(literal) = &name.literal {
        return literal.clone();
    }
    let family = format!("{} {}", name.non_dropping, name.family);
    match level {
        0 => family,
        1 => format!("{} {family}", initials(&name.given, ".", true, true)),
        _ => format!("{} {} {family} {}", name.given.replace('.', ""), name.dropping, name.suffix),
    }
}

/// Whether a style asks about `disambiguate`.
fn asks(style: &Style) -> bool {
    fn any(elements: &[Element]) -> bool {
        elements.iter().any(|element| match element {
            Element::Choose(branches) => branches.iter().any(|branch| {
                branch.conditions.iter().any(|condition| matches!(condition, Condition::Disambiguate(_)))
                    || any(&branch.elements)
            }),
            Element::Group { elements, .. } => any(elements),
            Element::Names(names) => any(&names.substitute),
            Element::Text(..) | Element::Number { .. } | Element::Label { .. } | Element::Date(_) => false,
        })
    }
    style.macros.iter().any(|one| any(&one.elements)) || any(&style.citation.elements)
}
