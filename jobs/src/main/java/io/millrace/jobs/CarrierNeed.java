package io.millrace.jobs;

/**
 * How many carrier threads more than usual a process needs, from whether an idle virtual thread has its turn at each of many looks.
 * One that was taken back and is needed after all stalls every job for some looks, so the next is taken back after twice the time.
 */
final class CarrierNeed {

    /** One may be a pause of the whole process, as for garbage. */
    private static final int MISSES = 2;
    /** Of so many turns in a row each took place at once, so that one fewer may do. */
    private static final int CALM = 100;
    /** Without a worker there is less to hold up. */
    private static final int CALM_WHERE_UNUSED = 10;
    /** About an hour. */
    private static final int LONGEST_CALM = 36_000;
    private static final int MOST_DOUBLINGS = 12;

    private int most;
    private int more;
    private int missed;
    private int calm;
    private int doublings;
    /** Whether it is not known yet if the last that was taken back is needed. */
    private boolean onTrial;

    CarrierNeed(int most) {
        this.most = most;
    }

    void look(boolean hasATurn, boolean isUsed) {
        int trial = isUsed ? CALM : CALM_WHERE_UNUSED;
        if (!hasATurn) {
            missed++;
            if (missed >= MISSES) {
                isStarved();
            }
            return;
        }
        missed = 0;
        calm++;
        if (onTrial && calm >= trial) {
            onTrial = false;
            doublings = 0;
        }
        if (more > 0 && calm >= Math.min(trial << doublings, LONGEST_CALM)) {
            more--;
            calm = 0;
            onTrial = true;
        }
    }

    private void isStarved() {
        calm = 0;
        if (onTrial) {
            onTrial = false;
            doublings = Math.min(doublings + 1, MOST_DOUBLINGS);
        }
        more = Math.min(more + 1, most);
    }

    /** That the last one was not to be had. */
    void isTheMost(int had) {
        most = had;
        more = had;
    }

    int more() {
        return more;
    }

    /** Whether the usual ones are enough, and have been for a while. */
    boolean isOver() {
        return more == 0 && !onTrial;
    }
}
