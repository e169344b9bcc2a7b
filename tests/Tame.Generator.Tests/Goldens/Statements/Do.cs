namespace Demo;

public static partial class Do
{
    [Tamed] public static partial void Poll(Func<int, bool> isReady, Event<int> done);

    private static void PollBody(Func<int, bool> isReady, Event<int> done)
    {
        int polls = 0;
        do
        {
            // rest between two polls
            using (twait()) timer(TimeSpan.FromSeconds(1), mkevent());
            polls++;
            if (polls == 100) break;
        }
        while (!isReady(polls));
        done.Trigger(polls);
    }
}
