using System.Net;
using System.Text;

namespace WebPrograms;

/// <summary>The programs by name. docs/http.md shows what each of them prints, over the system's network and over one in memory.</summary>
public static partial class Programs
{
    public static IReadOnlyDictionary<string, Action<TextWriter, Event>> All { get; } = new Dictionary<string, Action<TextWriter, Event>>
    {
        ["hello"] = Hello.Run,
        ["upload"] = Uploads.Run,
        ["events"] = Ticks.Run,
        ["upgrade"] = Upgrades.Run,
        ["failures"] = Failures.Run,
        ["stop"] = Stops.Run,
    };

    /// <summary>Sends a request, and prints the relevant lines of the answer.</summary>
    [Tamed] public static partial void Ask(EndPoint server, string request, TextWriter output, Event done);

    private static void AskBody(EndPoint server, string request, TextWriter output, Event done)
    {
        twait(e => Network.Current.Connect(server, e), out Connection connection);
        using var closing = connection;
        twait(e => connection.Send(Encoding.UTF8.GetBytes(request), e));
        connection.CloseSend();
        var buffer = new byte[65536];
        var answer = new StringBuilder();
        int count;
        do
        {
            twait(e => connection.Receive(buffer, e), out count);
            answer.Append(Encoding.UTF8.GetString(buffer, 0, count));
        }
        while (count != 0);
        foreach (string line in answer.ToString().Split('\n'))
        {
            string text = line.TrimEnd('\r');
            if (text.Length != 0 && !text.StartsWith("Date:", StringComparison.Ordinal))
                output.WriteLine(text);
        }
        done.Trigger();
    }
}
