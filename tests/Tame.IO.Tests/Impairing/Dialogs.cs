using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Tame.IO.Tests.Impairing;

/// <summary>
/// Clients that talk to a server in lines and blocks, by a seed: all of Reader, Writer and Serve, and where a relay is between them, Copy. Between any two of them may be a proxy that impairs.
/// </summary>
internal sealed partial class Dialogs
{
    private readonly Request[][] _requests;
    private readonly StringBuilder[] _answers;
    private readonly string?[] _ends;
    private readonly Impairments? _how;
    private readonly int _seed;
    private readonly bool _isRelayed;
    private readonly List<ImpairingProxy> _proxies = [];

    public Dialogs(int seed, Impairments? how)
    {
        (_seed, _how) = (seed, how);
        var random = new Random(seed);
        _isRelayed = random.Next(2) == 0;
        _requests = new Request[random.Next(1, 5)][];
        for (int i = 0; i < _requests.Length; i++)
            _requests[i] = [.. Enumerable.Range(0, random.Next(8)).Select(_ => Request.Of(random))];
        _answers = [.. _requests.Select(_ => new StringBuilder())];
        _ends = new string?[_requests.Length];
    }

    /// <summary>What each client got.</summary>
    public IReadOnlyList<string> Answers => [.. _answers.Select(answer => answer.ToString())];

    /// <summary>How each client was told of the end: "end", or by which failure.</summary>
    public IReadOnlyList<string?> Ends => _ends;

    /// <summary>How often a client was told.</summary>
    public int Told { get; private set; }

    public int Clients => _requests.Length;

    /// <summary>Handlers that began, and those that ended.</summary>
    public (int Begun, int Ended) Handlers { get; private set; }

    /// <summary>Handlers that failed, by the server's word.</summary>
    public List<Exception> Failures { get; } = [];

    /// <summary>Connections that proxies have cut or reset.</summary>
    public int Struck { get; private set; }

    /// <summary>Calls that the program has left waiting.</summary>
    public int LeftWaiting { get; private set; }

    public EventLoop? Loop { get; private set; }

    [Tamed]
    public partial void Run(Event done);

    private void RunBody(Event done)
    {
        Loop = EventLoop.Current!;
        int before = Loop.Blocked.Count;
        using (var served = new Rendezvous())
        {
            var listeners = new List<Listener> { Network.Current.Listen(Networks.AnyPort) };
            listeners[0].Serve(Answer, new ServeOptions { OnFailure = (_, error) => Failures.Add(error) }, mkevent(served));
            var at = Impaired(listeners[0].LocalEndPoint, mkevent(served));
            if (_isRelayed)
            {
                var behind = at;
                listeners.Add(Network.Current.Listen(Networks.AnyPort));
                listeners[1].Serve((connection, e) => Relay(connection, behind, e), new ServeOptions { OnFailure = static (_, _) => { } }, mkevent(served));
                at = Impaired(listeners[1].LocalEndPoint, mkevent(served));
            }
            using (twait())
            {
                for (int i = 0; i < Clients; i++)
                    Ask(at, i, mkevent());
            }
            foreach (var proxy in _proxies)
                proxy.Dispose();
            foreach (var listener in listeners)
                listener.Dispose();
            while (served.Waiting + served.Ready != 0)
                twait(served);
            Struck = _proxies.Sum(proxy => proxy.Struck);
        }
        LeftWaiting = Loop.Blocked.Count - before;
        done.Trigger();
    }

    /// <summary>Where to connect for that server: to a proxy, where there are any.</summary>
    private EndPoint Impaired(EndPoint server, Event passed)
    {
        if (_how is null)
        {
            passed.Trigger();
            return server;
        }
        var proxy = new ImpairingProxy(server, _how, _seed + _proxies.Count);
        _proxies.Add(proxy);
        proxy.Run(passed);
        return proxy.EndPoint;
    }

    [Tamed]
    private static partial void Relay(Connection connection, EndPoint to, Event done);

    private static void RelayBody(Connection connection, EndPoint to, Event done)
    {
        twait(e => Network.Current.Connect(to, e), out Connection behind);
        using (behind)
            twait(e => IO.Connections.Relay(connection, behind, e));
        done.Trigger();
    }

    [Tamed]
    private partial void Ask(EndPoint at, int number, Event done);

    private void AskBody(EndPoint at, int number, Event done)
    {
        twait(e => Network.Current.Connect(at, e), out Connection connection);
        using (connection)
        using (twait())
        {
            SendAll(connection, _requests[number], mkevent());
            Hear(connection, number, mkevent());
        }
        done.Trigger();
    }

    [Tamed]
    private static partial void SendAll(Connection connection, Request[] requests, Event done);

    private static void SendAllBody(Connection connection, Request[] requests, Event done)
    {
        using var writer = new Writer(connection);
        try
        {
            foreach (var request in requests)
            {
                request.Write(writer);
                if (request.IsFlushed)
                    twait(e => writer.Flush(e));
            }
            twait(e => writer.Flush(e));
            connection.CloseSend();
        }
        catch (SocketException)
        {
            // The other direction is told as well.
        }
        done.Trigger();
    }

    [Tamed]
    private partial void Hear(Connection connection, int number, Event done);

    private void HearBody(Connection connection, int number, Event done)
    {
        using var reader = new Reader(connection);
        var answers = _answers[number];
        var buffer = new byte[4096];
        try
        {
            while (true)
            {
                twait(e => reader.Read(buffer, e), out int count);
                if (count == 0)
                    break;
                answers.Append(Encoding.Latin1.GetString(buffer, 0, count));
            }
            _ends[number] = "end";
        }
        catch (SocketException error)
        {
            _ends[number] = error.SocketErrorCode.ToString();
        }
        Told++;
        done.Trigger();
    }

    [Tamed]
    private partial void Answer(Connection connection, Event done);

    private void AnswerBody(Connection connection, Event done)
    {
        Handlers = Handlers with { Begun = Handlers.Begun + 1 };
        try
        {
            using var reader = new Reader(connection, limit: 1_000_000);
            using var writer = new Writer(connection);
            while (true)
            {
                twait(e => reader.ReadLine(e), out string? line);
                if (line is null)
                    break;
                string[] words = line.Split(' ', 2);
                switch (words[0])
                {
                    case "upper":
                        writer.WriteLine(words[1].ToUpperInvariant());
                        break;
                    case "sum":
                        var bytes = new byte[Number(words[1])];
                        twait(e => reader.ReadExactly(bytes, e));
                        writer.WriteLine($"{bytes.Length} bytes of {bytes.Sum(b => (long)b)}");
                        break;
                    case "until":
                        twait(e => reader.ReadUntil((byte)';', e), out ReadOnlyMemory<byte> block);
                        writer.WriteLine($"{block.Length} bytes before the semicolon");
                        break;
                    case "give":
                        for (int i = 0; i < Number(words[1]); i++)
                        {
                            writer.WriteLine($"line {i}");
                            if (writer.IsFull)
                                twait(e => writer.Flush(e));
                        }
                        break;
                    default:
                        throw new FormatException($"'{line}' is no request.");
                }
                twait(e => writer.Flush(e));
            }
        }
        finally
        {
            Handlers = Handlers with { Ended = Handlers.Ended + 1 };
        }
        done.Trigger();
    }

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);

    /// <summary>What a client asks for.</summary>
    private sealed record Request(string Head, byte[] Body, bool IsFlushed)
    {
        public static Request Of(Random random)
        {
            var body = new byte[random.Next(4) == 0 ? random.Next(60_000) : random.Next(300)];
            random.NextBytes(body);
            bool isFlushed = random.Next(2) == 0;
            switch (random.Next(4))
            {
                case 0:
                    return new Request($"upper {Convert.ToHexStringLower(body)}", [], isFlushed);
                case 1:
                    return new Request($"sum {body.Length}", body, isFlushed);
                case 2:
                    body.AsSpan().Replace((byte)';', (byte)',');
                    return new Request("until", [.. body, (byte)';'], isFlushed);
                default:
                    return new Request($"give {random.Next(20_000 / (1 + random.Next(100)))}", [], isFlushed);
            }
        }

        public void Write(Writer writer)
        {
            writer.WriteLine(Head);
            writer.Write(Body);
        }
    }
}
