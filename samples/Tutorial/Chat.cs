using System.Net;
using System.Runtime.InteropServices;
using Tame.IO;

namespace Tutorial;

/// <summary>The chat server as a program.</summary>
internal static partial class Chat
{
    #region chat
    [Tamed]
    public static partial void Run(int port, Event done);

    private static void RunBody(int port, Event done)
    {
        var listener = Network.Current.Listen(new IPEndPoint(IPAddress.Loopback, port));
        Console.WriteLine($"listening on {listener.LocalEndPoint}; Ctrl+C stops");
        CloseAtSignal(listener, Event.Detached);
        var options = new ServeOptions { OnFailure = (_, error) => Console.WriteLine($"a client is lost: {error.Message}") };
        twait(e => listener.Serve(new ChatRoom().Welcome, options, e));
        Console.WriteLine("stopped");
        done.Trigger();
    }

    [Tamed]
    private static partial void CloseAtSignal(Listener listener, Event done);

    private static void CloseAtSignalBody(Listener listener, Event done)
    {
        twait(e => signal(PosixSignal.SIGINT, e));
        listener.Dispose();
        done.Trigger();
    }
    #endregion
}
