namespace Demo;

public static partial class Resources
{
    [Tamed] public static partial void Copy(string from, string to, Event<int> done);

    private static void CopyBody(string from, string to, Event<int> done)
    {
        using StringReader reader = new(from), spare = new(from);
        string? line = reader.ReadLine();
        if (line is null) throw new EndOfStreamException();
        using var writer = new StreamWriter(to);
        using (twait()) writer.WriteLineAsync(line).Trigger(mkevent());
        done.Trigger(line.Length);
    }
}
