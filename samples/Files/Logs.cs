using System.Text;

namespace Files;

/// <summary>Writes a log, flushes it to the disk, and reads it again.</summary>
internal static partial class Logs
{
    [Tamed]
    public static partial void Write(string folder, TextWriter output, Event done);

    private static void WriteBody(string folder, TextWriter output, Event done)
    {
        #region log
        var files = Network.Current.Files;
        twait(e => files.CreateDirectory(folder, e));
        twait(e => files.Open($"{folder}/log", FileMode.Create, FileAccess.ReadWrite, e), out RandomAccessFile log);
        using var closing = log;
        using (twait())
        {
            for (int i = 1; i <= 3; i++)
                log.Append(Encoding.UTF8.GetBytes($"line {i}\n"), mkevent());
        }
        twait(e => log.Flush(e));
        var bytes = new byte[100];
        twait(e => log.Read(bytes, 0, e), out int count);
        output.Write(Encoding.UTF8.GetString(bytes, 0, count));
        #endregion
        done.Trigger();
    }
}
