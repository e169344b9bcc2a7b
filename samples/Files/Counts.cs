using Tame.IO;

namespace Files;

/// <summary>Counts the bytes of the standard input.</summary>
internal static partial class Counts
{
    [Tamed]
    public static partial void Count(TextWriter output, Event done);

    private static void CountBody(TextWriter output, Event done)
    {
        #region count
        using var input = StandardInput.Open();
        var bytes = new byte[65536];
        long all = 0;
        int count;
        do
        {
            twait(e => input.Receive(bytes, e), out count);
            all += count;
        }
        while (count != 0);
        output.WriteLine($"{all} bytes");
        #endregion
        done.Trigger();
    }
}
