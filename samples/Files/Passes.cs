using System.Net;
using System.Net.Sockets;
using System.Runtime.Versioning;
using Microsoft.Win32.SafeHandles;
using Tame.IO;

namespace Files;

/// <summary>Accepts connections in one process and answers them in another.</summary>
[SupportedOSPlatform("linux")]
internal static partial class Passes
{
    public static void RunFront(string path, TextWriter output) => EventLoop.Run(done => Front(path, output, done));

    public static void RunWorker(string path) => EventLoop.Run(done => Work(path, done));

    [Tamed] private static partial void Front(string path, TextWriter output, Event done);

    private static void FrontBody(string path, TextWriter output, Event done)
    {
        using var workers = Network.Current.Listen(new UnixDomainSocketEndPoint(path));
        using var listener = Network.Current.Listen(new IPEndPoint(IPAddress.Loopback, 0));
        var options = new ChildProcessOptions(Environment.ProcessPath!) { Arguments = [typeof(Passes).Assembly.Location, "work", path] };
        twait(e => ChildProcess.Start(options, e), out ChildProcess process);
        using var killing = process;
        twait(e => workers.Accept(e.WithTimeout(TimeSpan.FromSeconds(20))), out Connection worker);
        using var ending = worker;
        string? answer;
        using (twait())
        {
            Pass(listener, worker, mkevent());
            Ask(listener.LocalEndPoint, mkevent(out answer));
        }
        output.WriteLine(answer == $"process {process.Id}" ? "the worker answered" : $"the worker is process {process.Id}, and '{answer}' came");
        done.Trigger();
    }

    [Tamed] private static partial void Ask(EndPoint at, Event<string?> answered);

    private static void AskBody(EndPoint at, Event<string?> answered)
    {
        twait(e => Network.Current.Connect(at, e), out Connection connection);
        using var closing = connection;
        using var reader = new Reader(connection);
        twait(e => reader.ReadLine(e.WithTimeout(TimeSpan.FromSeconds(20))), out string? line);
        answered.Trigger(line);
    }

    #region pass
    [Tamed] private static partial void Pass(Listener listener, Connection worker, Event passed);

    private static void PassBody(Listener listener, Connection worker, Event passed)
    {
        twait(e => listener.Accept(e), out Connection client);
        using var closing = client;     // this process's handle; the worker's stays open
        twait(e => worker.SendHandles("c"u8.ToArray(), [client.GetHandle()], e));
        passed.Trigger();
    }

    [Tamed] private static partial void Work(string path, Event done);

    private static void WorkBody(string path, Event done)
    {
        twait(e => Network.Current.Connect(new UnixDomainSocketEndPoint(path), e), out Connection front);
        using var closing = front;
        var buffer = new byte[1];
        while (true)
        {
            twait(e => front.ReceiveHandles(buffer, e), out int count, out SafeFileHandle[] handles);
            if (count == 0)
                break;
            using var client = handles[0].ToConnection();
            using var writer = new Writer(client);
            writer.WriteLine($"process {Environment.ProcessId}");
            twait(e => writer.Flush(e));
        }
        done.Trigger();
    }
    #endregion
}
