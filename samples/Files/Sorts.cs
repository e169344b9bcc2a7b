using System.Text;
using Tame.IO;

namespace Files;

/// <summary>Sorts some lines with another program.</summary>
internal static partial class Sorts
{
    [Tamed]
    public static partial void Sort(TextWriter output, Event done);

    private static void SortBody(TextWriter output, Event done)
    {
        #region sort
        var options = new ChildProcessOptions("sort") { Arguments = ["-r"], RedirectStandardInput = true, RedirectStandardOutput = true };
        twait(e => ChildProcess.Start(options, e), out ChildProcess sort);
        using var killing = sort;
        twait(e => sort.StandardInput.Send("a\nb\nc\n"u8.ToArray(), e));
        sort.StandardInput.CloseSend();
        var bytes = new byte[100];
        int count;
        do
        {
            twait(e => sort.StandardOutput.Receive(bytes, e), out count);
            output.Write(Encoding.UTF8.GetString(bytes, 0, count));
        }
        while (count != 0);
        twait(e => sort.WaitForExit(e.WithTimeout(TimeSpan.FromSeconds(10))), out int code);
        output.WriteLine($"exit code {code}");
        #endregion
        done.Trigger();
    }
}
