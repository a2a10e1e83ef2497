//! The pace of one host: when it may be asked again. Pure; the frontier keeps it on disk, so a restart resets nothing.

use std::time::Duration;

/// Longest delay that trouble doubles to.
const LONGEST: Duration = Duration::from_secs(600);
/// Shortest delay after trouble.
const SHORTEST_AFTER_TROUBLE: Duration = Duration::from_millis(250);
/// Troubles in a row after which a host is left alone for [`REST`].
const TROUBLES: u32 = 8;
const REST: Duration = Duration::from_secs(3600);
/// Longest that a server may ask to be left alone; what asks for more is mistaken or hostile.
pub const LONGEST_WAIT: Duration = Duration::from_secs(24 * 3600);
/// First and longest pause after which a host is tried again that gives no connection.
const FIRST_PAUSE: Duration = Duration::from_secs(60);
const LONGEST_PAUSE: Duration = Duration::from_secs(3600);

/// Says how an answer, or its lack, bears on the pace.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sign {
    /// The server answers as it should.
    Fine,
    /// It asks for patience (429, 428, 503), or does not answer in time.
    Trouble,
    /// There is no connection: nobody was asked, so nobody is in trouble.
    NoConnection,
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

    /// Learns from an answer and returns how long to wait from now on; `retry_after` is obeyed to the second, up to a day.
    pub fn learn(&mut self, sign: Sign, retry_after: Option<Duration>) -> Duration {
        match sign {
            Sign::Fine => {
                self.troubles = 0;
                let eased = self.learned / 2;
                self.learned = if eased <= self.base.max(SHORTEST_AFTER_TROUBLE / 2) { Duration::ZERO } else { eased };
            }
            Sign::Trouble => {
                self.troubles = self.troubles.saturating_add(1);
                self.learned = self.delay().saturating_mul(2).clamp(SHORTEST_AFTER_TROUBLE, LONGEST.max(self.base));
            }
            Sign::NoConnection => {
                self.troubles = self.troubles.saturating_add(1);
                let pause = FIRST_PAUSE.saturating_mul(1 << (self.troubles - 1).min(10));
                return self.delay().max(pause.min(LONGEST_PAUSE));
            }
        }
        let rest = if self.troubles >= TROUBLES { REST } else { Duration::ZERO };
        self.delay().max(retry_after.unwrap_or_default().min(LONGEST_WAIT)).max(rest)
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
    fn no_server_is_waited_for_longer_than_a_day() {
        let mut pace = Pace { base: Duration::MAX, learned: Duration::MAX, troubles: u32::MAX };
        pace.learn(Sign::Trouble, Some(Duration::MAX));
        let mut pace = Pace::default();
        assert_eq!(pace.learn(Sign::Fine, Some(Duration::from_secs(u64::MAX))), LONGEST_WAIT);
    }

    #[test]
    fn a_host_without_connection_is_tried_after_a_minute_and_then_more_rarely() {
        let mut pace = Pace::default();
        let pauses: Vec<u64> = (0..8).map(|_| pace.learn(Sign::NoConnection, None).as_secs() / 60).collect();
        assert_eq!(pauses, [1, 2, 4, 8, 16, 32, 60, 60]);
        assert_eq!((pace.learn(Sign::Fine, None), pace.learned), (Duration::ZERO, Duration::ZERO));
    }

    #[test]
    fn a_host_in_lasting_trouble_is_left_alone() {
        let mut pace = Pace::default();
        let waits: Vec<_> = (0..TROUBLES).map(|_| pace.learn(Sign::Trouble, None)).collect();
        assert_eq!((waits[0], waits[TROUBLES as usize - 1]), (SHORTEST_AFTER_TROUBLE, REST));
    }
}
