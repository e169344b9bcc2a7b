namespace Demo;

public static partial class Nested
{
    [Tamed] public static partial void Run(Event done);

    private static void RunBody(Event done)
    {
        int a, b = 1;
        using (twait())
        {
            // the outer block's event is made first
            asap(mkevent());
            using (twait())
            {
                Answer(mkevent(out a));
                if (b > 0) Answer(mkevent(out b));
            }

            b += a;
            Answer(mkevent(out a));
        }

        done.Trigger();
    }

    private static void Answer(Event<int> e) => e.Trigger(42);
}
