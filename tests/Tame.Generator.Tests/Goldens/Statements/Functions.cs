namespace Demo;

public static partial class Functions
{
    [Tamed] public static partial void Run(int factor, Event<Func<int>> done);

    private static void RunBody(int factor, Event<Func<int>> done)
    {
        int total = 0;
        for (int i = 0; i < 3; i++)
        {
            using (twait()) asap(mkevent());
            total += Twice(i);
        }

        int count = 0;
        using (twait()) asap(mkevent());
        done.Trigger(Next);

        // only called from here: it stays where it is
        int Twice(int value) => value * factor * 2;

        // goes out as a delegate: it becomes a method
        int Next()
        {
            count += total;
            return count;
        }
    }
}
