//! The pace of one host: when it may be asked again. Pure; the frontier keeps it on disk, so a restart resets nothing.

use std::time::Duration;

/// Longest delay that trouble doubles to.
const LONGEST: Duration = Duration::from_secs(600);
/// Shortest delay after trouble.
const SHORTEST_AFTER_TROUBLE: Duration = Duration::from_millis(250);
/// Troubles in a row after which a host is left alone for [`REST`].
const TROUBLES: u32 = 8;
const REST: Duration = Duration::from_secs(3600);

/// Says how an answer, or its lack, bears on the pace.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sign {
    /// The server answers as it should.
    Fine,
    /// It asks for patience (429, 428, 503), or does not answer in time.
    Trouble,
}

/// Holds what is known of a host's patience.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Pace {
    /// Delay between two requests that we or its robots.txt set, whichever is longer.
    pub base: Duration,
    /// Delay that troubles taught; zero when there were none of late.
    pub learned: Duration,
    /// Troubles in a row.
    pub troubles: u32,
}

impl Pace {
    /// Returns the delay between the beginnings of two requests.
    pub fn delay(&self) -> Duration {
        self.base.max(self.learned)
    }

    /// Learns from an answer and returns how long to wait from now on; `retry_after` is obeyed to the second.
    pub fn learn(&mut self, sign: Sign, retry_after: Option<Duration>) -> Duration {
        match sign {
            Sign::Fine => {
                self.troubles = 0;
                let eased = self.learned / 2;
                self.learned = if eased <= self.base.max(SHORTEST_AFTER_TROUBLE / 2) { Duration::ZERO } else { eased };
            }
            Sign::Trouble => {
                self.troubles += 1;
                self.learned = (self.delay() * 2).clamp(SHORTEST_AFTER_TROUBLE, LONGEST.max(self.base));
            }
        }
        let rest = if self.troubles >= TROUBLES { REST } else { Duration::ZERO };
        self.delay().max(retry_after.unwrap_or_default()).max(rest)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn trouble_doubles_and_success_eases() {
        let seconds = Duration::from_secs;
        let mut pace = Pace { base: seconds(3), ..Pace::default() };
        let delays: Vec<_> = (0..3).map(|_| pace.learn(Sign::Trouble, None)).collect();
        assert_eq!(delays, [seconds(6), seconds(12), seconds(24)]);
        assert_eq!(pace.learn(Sign::Trouble, Some(seconds(777))), seconds(777));
        let delays: Vec<_> = (0..5).map(|_| pace.learn(Sign::Fine, None)).collect();
        assert_eq!(delays, [seconds(24), seconds(12), seconds(6), seconds(3), seconds(3)]);
    }

    #[test]
    fn a_host_in_lasting_trouble_is_left_alone() {
        let mut pace = Pace::default();
        let waits: Vec<_> = (0..TROUBLES).map(|_| pace.learn(Sign::Trouble, None)).collect();
        assert_eq!((waits[0], waits[TROUBLES as usize - 1]), (SHORTEST_AFTER_TROUBLE, REST));
    }
}
