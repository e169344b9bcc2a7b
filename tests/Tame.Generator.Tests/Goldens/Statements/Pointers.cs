namespace Demo;

public static unsafe partial class Pointers
{
    private static readonly object s_gate = new();

    [Tamed] public static partial void Run(byte[] bytes, Event<int> done);

    private static void RunBody(byte[] bytes, Event<int> done)
    {
        int sum = 0;
        using (twait()) asap(mkevent());
        {
            byte* copy = stackalloc byte[4];
            fixed (byte* first = bytes)
                for (int i = 0; i < 4; i++) copy[i] = first[i];
            sum += copy[0];
        }

        using (twait()) asap(mkevent());
        unsafe
        {
            int* p = stackalloc int[] { sum };
            *p += 1;
            using (twait()) asap(mkevent());
        }

        lock (s_gate)
        {
            sum++;
        }

        done.Trigger(sum);
    }
}
