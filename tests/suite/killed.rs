//! Builds that are killed: each file stays whole, all of them come from one build again after the next one, and nothing
//! is left over. `RECTO_ROUNDS=100` kills five hundred.
#![cfg(unix)]

use std::collections::BTreeMap;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use crate::dice::{Dice, rounds};
use crate::support::{Desk, names};

/// The two states of a manuscript, and what each becomes.
struct Two {
    desk: Desk,
    made: [BTreeMap<String, Vec<u8>>; 2],
    /// How long a build takes.
    whole: Duration,
}

/// What lies in a folder, but for what is hidden.
fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let shown = names(folder).into_iter().filter(|name| !name.starts_with('.'));
    shown.map(|name| (name.clone(), std::fs::read(folder.join(&name)).expect("it is there"))).collect()
}

impl Two {
    fn new() -> Two {
        let desk = Desk::with(&[]);
        for (paper, word) in [("../one", "One"), ("../two", "Two")] {
            // Three editions, so that there is something between.
            desk.put(
                &format!("{paper}/metadata.yaml"),
                "title: Water\ncover: false\neditions:\n  print: {format: pdf}\n  large: {format: pdf, theme: {size: 14pt}}\n  ebook: {format: epub}\n",
            );
            desk.put(&format!("{paper}/a.md"), format!("# {word}\n\nSo it is.\n"));
        }
        let mut two = Two { desk, made: [BTreeMap::new(), BTreeMap::new()], whole: Duration::ZERO };
        for which in 0..2 {
            let began = Instant::now();
            assert!(two.begin(which).wait().expect("it ran").success());
            two.whole = began.elapsed();
            two.made[which] = files(&two.desk.path("out"));
        }
        assert_eq!(two.made[0].len(), 3);
        assert_ne!(two.made[0], two.made[1]);
        two
    }

    fn begin(&self, which: usize) -> Child {
        let mut command = self.desk.command(&["build", ["one", "two"][which], "--out", "out", "--quiet"]);
        command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("it runs")
    }

    /// Waits for some moment of a build; `aimed` at where files are being written.
    fn moment(&self, dice: &mut Dice, child: &mut Child, aimed: bool) {
        let out = self.desk.path("out");
        if !aimed {
            std::thread::sleep(self.whole * dice.throw(1000) as u32 / 1000);
            return;
        }
        while child.try_wait().expect("it is asked").is_none() {
            if names(&out).iter().any(|name| name.starts_with(".recto-")) {
                std::thread::sleep(Duration::from_micros(dice.throw(4000) as u64));
                return;
            }
        }
    }

    /// Which states the files in the folder come from.
    fn seen(&self, from: &str) -> [bool; 2] {
        let found = files(&self.desk.path("out"));
        assert!(found.keys().eq(self.made[0].keys()), "{from}: {:?}", found.keys());
        let mut seen = [false; 2];
        for (name, bytes) in &found {
            let which = (0..2).find(|which| self.made[*which][name] == *bytes);
            seen[which.unwrap_or_else(|| panic!("{from}: {name} is not whole"))] = true;
        }
        seen
    }

    fn hidden(&self) -> usize {
        names(&self.desk.path("out")).iter().filter(|name| name.starts_with('.')).count()
    }
}

#[test]
fn a_killed_build_leaves_whole_files_and_the_next_one_leaves_them_of_one_build() {
    let two = Two::new();
    let mut dice = Dice::seeded(7);
    // At any moment, and aimed.
    let (mut mixed, mut left) = ([0, 0], 0);
    let kills = rounds(5);
    for kill in 0..kills {
        let (which, aimed) = ((kill % 2) as usize, kill % 4 > 1);
        let mut child = two.begin(which);
        two.moment(&mut dice, &mut child, aimed);
        let _ = child.kill();
        child.wait().expect("it ended");
        let of_both = two.seen(&format!("kill {kill}")) == [true, true];
        mixed[usize::from(aimed)] += usize::from(of_both);
        left += usize::from(two.hidden() > 0);
        if of_both || two.hidden() > 0 {
            assert!(two.begin(1 - which).wait().expect("it ran").success());
            assert_eq!((two.seen("after it"), two.hidden()), ([which == 1, which == 0], 0), "kill {kill}");
        }
    }
    let [any, aimed] = mixed;
    println!(
        "{kills} kills, half at any moment, half while files are written: {any} and {aimed} left files of two builds, {left} left something over; none after the next build"
    );
}

#[test]
fn a_build_that_is_told_to_end_leaves_nothing() {
    let two = Two::new();
    let mut dice = Dice::seeded(11);
    for end in 0..rounds(4) {
        let mut child = two.begin((end % 2) as usize);
        two.moment(&mut dice, &mut child, end % 4 > 1);
        let signal = ["-INT", "-TERM"][dice.throw(2)];
        let _ = Command::new("kill").args([signal, &child.id().to_string()]).stderr(Stdio::null()).status();
        child.wait().expect("it ended");
        assert_eq!(two.hidden(), 0, "end {end} by {signal}");
        assert_ne!(two.seen("an end"), [true, true], "end {end} by {signal}");
    }
}

#[test]
fn builds_into_one_folder_take_turns() {
    let two = Two::new();
    let children: Vec<Child> = (0..6).map(|which| two.begin(which % 2)).collect();
    for mut child in children {
        assert!(child.wait().expect("it ended").success());
    }
    assert_eq!(two.hidden(), 0);
    assert_ne!(two.seen("six builds"), [true, true]);
}
