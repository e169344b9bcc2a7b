using System.Net;
using System.Net.Sockets;

/// <summary>What a trimmer or a compiler ahead of time could break: tasks, sockets, generics, scopes, unnamed types, failures and the finalizers behind losses.</summary>
internal static partial class Tour
{
    [Tamed] public static partial void Start(Event done);

    private static void StartBody(Event done)
    {
        using (twait()) timer(TimeSpan.FromHours(1), mkevent());

        int answer;
        using (twait()) Answer(mkevent(out answer));
        Console.WriteLine($"task: {answer}");

        (string Name, DateOnly Born) ada;
        using (twait()) Later((Name: "Ada", Born: new DateOnly(1815, 12, 10)), mkevent(out ada));
        var unnamed = new { ada.Name, ada.Born.Year };
        Func<string> text = () => $"{unnamed.Name}, {unnamed.Year}";
        using (twait()) asap(mkevent());
        Console.WriteLine($"generic: {text()}");

        using (twait()) Receive(mkevent());

        try
        {
            using (twait()) Break("a word", mkevent());
        }
        catch (FormatException failure)
        {
            Console.WriteLine($"failure: {failure.Message}");
        }

        try
        {
            using (twait()) Forget(mkevent());
        }
        catch (LostEventException loss)
        {
            Console.WriteLine($"loss: {loss.Message.Contains("Tour.cs:37", StringComparison.Ordinal)}");
        }
        done.Trigger();
    }

    private static void Answer(Event<int> answer) => Task.Run(() => 42).Trigger(answer);

    private static void Forget(Event done) => Console.WriteLine(done.IsPending ? "forgotten" : "complete");

    [Tamed] private static partial void Later<T>(T value, Event<T> done);

    private static void LaterBody<T>(T value, Event<T> done)
    {
        using (twait()) asap(mkevent());
        done.Trigger(value);
    }

    [Tamed] private static partial void Receive(Event done);

    private static void ReceiveBody(Event done)
    {
        using var listener = new Socket(SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen();
        using var sender = new Socket(SocketType.Stream, ProtocolType.Tcp);
        sender.Connect(listener.LocalEndPoint!);
        using (twait()) wait_on_fd(listener, FdEvents.Read, mkevent());
        using var receiver = listener.Accept();
        sender.Send([1, 2, 3]);
        using (twait()) wait_on_fd(receiver, FdEvents.Read, mkevent());
        Console.WriteLine($"socket: {receiver.Receive(new byte[8])} bytes");
        done.Trigger();
    }

    [Tamed] private static partial void Break(string text, Event done);

    private static void BreakBody(string text, Event done)
    {
        using (twait()) asap(mkevent());
        if (!int.TryParse(text, out _)) throw new FormatException($"'{text}' is no number");
        done.Trigger();
    }
}
