using System.Runtime.ExceptionServices;
using Haboob;
using Knot;

namespace Tame.Samples.Tests.Knot;

/// <summary>The servers that serve files by the same rules.</summary>
public enum Site
{
    Knot,
    Haboob,
}

/// <summary>A server in this process, on a loop thread of its own and a free port, over a root of its own.</summary>
internal sealed class KnotUnderTest : IDisposable
{
    private readonly StringWriter _output = new();
    private readonly TextWriter _shared;
    private readonly Thread _thread;
    private readonly ManualResetEventSlim _isListening = new();
    private ExceptionDispatchInfo? _error;

    public KnotUnderTest(Site site = Site.Knot, Func<KnotOptions, KnotOptions>? change = null)
        : this(site == Site.Knot ? (options, output) => new Server(options, output) : (options, output) => new StagedServer(new HaboobOptions { Site = options }, output), change)
    {
    }

    public KnotUnderTest(Func<KnotOptions, TextWriter, Server> make, Func<KnotOptions, KnotOptions>? change = null)
    {
        var options = new KnotOptions { Port = 0, Root = Root.Path, RecheckAfter = TimeSpan.Zero };
        _shared = TextWriter.Synchronized(_output);
        Server = make(change?.Invoke(options) ?? options, _shared);
        _thread = new Thread(Run) { IsBackground = true };
        _thread.Start();
        Assert.True(_isListening.Wait(TimeSpan.FromSeconds(10)), "The server does not listen.");
    }

    public TemporaryRoot Root { get; } = new();

    public Server Server { get; }

    public int Port => Server.Address.Port;

    /// <summary>What the server printed so far. The shared writer locks itself when it writes, but not when it is read.</summary>
    public string Output
    {
        get
        {
            lock (_shared)
                return _output.ToString();
        }
    }

    /// <summary>A type of the program that serves so.</summary>
    public static Type ProgramOf(Site site) => site == Site.Knot ? typeof(Server) : typeof(StagedServer);

    public Client Connect() => new(Port);

    /// <summary>Listens on a port, and stops at once.</summary>
    public static int ListenOn(int port)
    {
        int bound = 0;
        EventLoop.Run(done =>
        {
            var server = new Server(new KnotOptions { Port = port, Root = "." }, TextWriter.Null);
            server.Listen();
            bound = server.Address.Port;
            server.Stop();
            server.Run(done);
        });
        return bound;
    }

    /// <summary>Waits, for as long as a test has patience, until <paramref name="condition"/> holds.</summary>
    public static void Eventually(Func<bool> condition, string what)
    {
        if (!SpinWait.SpinUntil(condition, TimeSpan.FromSeconds(10)))
            Assert.Fail($"After ten seconds it is still not so: {what}");
    }

    public void Dispose()
    {
        Server.Stop();
        bool ended = _thread.Join(TimeSpan.FromSeconds(10));
        Root.Dispose();
        _isListening.Dispose();
        _error?.Throw();
        Assert.True(ended, "The server did not stop.");
        Assert.DoesNotContain("failed", Output);
    }

    private void Run()
    {
        try
        {
            EventLoop.Run(done =>
            {
                Server.Listen();
                _isListening.Set();
                Server.Run(done);
            });
        }
        catch (Exception e)
        {
            _error = ExceptionDispatchInfo.Capture(e);
        }
    }
}
