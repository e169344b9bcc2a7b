using System.Text;
using Tame.IO;

namespace KeyValue;

/// <summary>The protocol: a line for each request, and a line for each answer, in the same order.</summary>
public sealed partial class Session(Store store)
{
    private static readonly TimeSpan s_idle = TimeSpan.FromMinutes(5), s_watch = TimeSpan.FromSeconds(30), s_send = TimeSpan.FromSeconds(10);

    #region serve
    /// <summary>Serves one client until it leaves, sends QUIT, or is silent for five minutes.</summary>
    [Tamed]
    public partial void Serve(Connection connection, Event done);

    private void ServeBody(Connection connection, Event done)
    {
        using var reader = new Reader(connection, limit: 4096);
        using var writer = new Writer(connection);
        bool quits = false;
        while (!quits)
        {
            while (!quits && reader.TryReadLine(out var line))
            {
                string[] words = Encoding.UTF8.GetString(line.Span).Split(' ', 3);
                if (words is ["WATCH", var key])
                {
                    twait(e => writer.Flush(e.WithTimeout(s_send)));
                    twait(e => Watch(key, e), out string answer);
                    writer.WriteLine(answer);
                }
                else
                {
                    quits = words is ["QUIT"];
                    writer.WriteLine(Answer(words));
                }
                if (writer.IsFull)
                    twait(e => writer.Flush(e.WithTimeout(s_send)));
            }
            twait(e => writer.Flush(e.WithTimeout(s_send)));
            quits |= reader.IsEnded;
            if (!quits)
                twait(e => reader.Fill(e.WithTimeout(s_idle)));
        }
        done.Trigger();
    }
    #endregion

    #region watch
    [Tamed]
    private partial void Watch(string key, Event<string> answer);

    private void WatchBody(string key, Event<string> answer)
    {
        try
        {
            twait(e => store.Watch(key, e.WithTimeout(s_watch)), out string? value);
            answer.Trigger(value is null ? "NONE" : $"VALUE {value}");
        }
        catch (TimeoutException)
        {
            answer.Trigger("SAME");
        }
    }
    #endregion

    private string Answer(string[] words)
    {
        switch (words)
        {
            case ["SET", var key, var value]:
                store.Set(key, value);
                return "OK";
            case ["DEL", var key]:
                bool was = store.Get(key) is not null;
                store.Set(key, null);
                return was ? "OK" : "NONE";
            case ["GET", var key]:
                return store.Get(key) is { } found ? $"VALUE {found}" : "NONE";
            case ["COUNT"]:
                return $"VALUE {store.Count}";
            case ["QUIT"]:
                return "BYE";
            default:
                return "ERROR say SET KEY VALUE, GET KEY, DEL KEY, WATCH KEY, COUNT or QUIT";
        }
    }
}
