using System.Globalization;
using System.Net;
using System.Net.Sockets;
using ChatProgram;
using Tame.IO;
using Tame.IO.Tests.Peers;

namespace Tame.Samples.Tests.Chats;

/// <summary>The chat server.</summary>
public sealed partial class ChatTests(ITestOutputHelper output)
{
    private const int OtherDescriptors = 300;

    [Theory, MemberData(nameof(Networked.Both), MemberType = typeof(Networked))]
    public void Clients_of_a_room_hear_each_other(bool inMemory) => Networked.Run(inMemory, HearEachOther);

    [Theory, MemberData(nameof(Networked.Both), MemberType = typeof(Networked))]
    public void A_client_that_does_not_read_is_dropped_and_the_others_hear_all(bool inMemory) => Networked.Run(inMemory, DropTheSlow);

    [Theory, MemberData(nameof(Networked.Both), MemberType = typeof(Networked))]
    public void A_client_that_is_lost_frees_its_name(bool inMemory) => Networked.Run(inMemory, LoseOne);

    [Theory, MemberData(nameof(Networked.Both), MemberType = typeof(Networked))]
    public void A_client_that_quits_gets_all_that_was_said_before(bool inMemory) => Networked.Run(inMemory, QuitEarly);

    [Fact]
    public void A_client_that_says_nothing_for_half_an_hour_is_disconnected() =>
        EventLoop.Run(SayNothing, new EventLoopOptions { Network = new MemoryNetwork(), VirtualTime = true });

    [Fact]
    public void A_client_of_the_system_hears_what_it_says() => Networked.Run(inMemory: false, ServeOfSystem);

    /// <summary>`TAME_CHAT_CLIENTS` says how many; the limit of descriptors may be lower.</summary>
    [Fact]
    public void Many_clients_of_another_process_hear_their_rooms()
    {
        int asked = int.Parse(Environment.GetEnvironmentVariable("TAME_CHAT_CLIENTS") ?? "300", CultureInfo.InvariantCulture);
        int count = Math.Min(asked, Descriptors.Raise(asked + OtherDescriptors) - OtherDescriptors) / 10 * 10;
        output.WriteLine($"{count} clients of {asked}");
        Networked.Run(inMemory: false, done => ServeMany(count, done));
    }

    [Tamed] private static partial void HearEachOther(Event done);

    private static void HearEachOtherBody(Event done)
    {
        var (listener, server) = Start();
        using var served = new Rendezvous();
        server.Run(listener, mkevent(served));
        twait(e => Enter(listener, "ann", e), out LineClient ann);
        twait(e => Enter(listener, "bob", e), out LineClient bob);
        twait(e => ann.HearUntil("* bob is in lobby", e), out List<string> _);
        Assert.Equal(2, server.Count);

        twait(e => LineClient.Connect(listener.LocalEndPoint, e), out LineClient third);
        twait(e => third.Say("ANN", e));
        twait(e => third.Hear(e), out string? refusal);
        Assert.StartsWith("* that name is taken", refusal, StringComparison.Ordinal);
        twait(e => third.Say("/who", e));
        twait(e => third.Hear(e), out refusal);
        Assert.StartsWith("* that name is taken", refusal, StringComparison.Ordinal);
        third.Dispose();

        twait(e => ann.Say("hello", e));
        twait(e => bob.HearUntil("ann: hello", e), out List<string> _);
        twait(e => ann.HearUntil("ann: hello", e), out List<string> _);
        twait(e => bob.Say("/join corner", e));
        twait(e => ann.HearUntil("* bob has left", e), out List<string> _);
        twait(e => bob.HearUntil("* bob is in corner", e), out List<string> _);
        twait(e => ann.Say("alone", e));
        twait(e => ann.HearUntil("ann: alone", e), out List<string> _);
        twait(e => bob.Say("/who", e));
        twait(e => bob.Hear(e), out string? members);
        Assert.Equal("* bob", members);

        twait(e => ann.Say("/quit", e));
        twait(e => ann.HearAll(e), out List<string> rest);
        Assert.Empty(rest);
        listener.Dispose();
        Assert.Equal(1, server.Rooms);
        bob.Dispose();
        twait(served);
        Assert.Equal((0, 0), (server.Count, server.Rooms));
        done.Trigger();
    }

    [Tamed] private static partial void DropTheSlow(Event done);

    private static void DropTheSlowBody(Event done)
    {
        const int Lines = 40_000;
        var (listener, server) = Start();
        server.Run(listener, Event.Ignored);
        twait(e => Enter(listener, "slow", e), out LineClient slow);
        twait(e => Enter(listener, "talker", e), out LineClient talker);
        string text = new('x', 900);
        int said = 0;
        for (; said < Lines && server.Count == 2; said++)
        {
            twait(e => talker.Say(text, e));
            twait(e => talker.HearUntil($"talker: {text}", e), out List<string> _);
        }
        Assert.True(said < Lines, "The slow client was never dropped.");
        twait(e => talker.HearUntil("* slow has left", e), out List<string> _);
        twait(e => talker.Say("still here", e));
        twait(e => talker.HearUntil("talker: still here", e), out List<string> _);
        slow.Dispose();
        talker.Dispose();
        listener.Dispose();
        done.Trigger();
    }

    [Tamed] private static partial void LoseOne(Event done);

    private static void LoseOneBody(Event done)
    {
        using var log = new StringWriter();
        var listener = Network.Current.Listen(Networked.AnyPort);
        var server = new ChatServer(log);
        server.Run(listener, Event.Ignored);
        twait(e => Enter(listener, "ann", e), out LineClient ann);
        twait(e => Enter(listener, "bob", e), out LineClient bob);
        twait(e => ann.HearUntil("* bob is in lobby", e), out List<string> _);

        bob.Connection.Abort();
        twait(e => ann.HearUntil("* bob has left", e), out List<string> _);
        twait(e => Enter(listener, "bob", e), out bob);
        twait(e => bob.Say(new string('x', 5000), e));
        twait(e => ann.HearUntil("* bob has left", e), out List<string> _);

        Assert.Equal(2, log.ToString().Split(" is lost: ").Length - 1);
        ann.Dispose();
        bob.Dispose();
        listener.Dispose();
        done.Trigger();
    }

    [Tamed] private static partial void QuitEarly(Event done);

    private static void QuitEarlyBody(Event done)
    {
        const int Lines = 250;
        var (listener, server) = Start();
        server.Run(listener, Event.Ignored);
        twait(e => Enter(listener, "ann", e), out LineClient ann);
        string lines = string.Concat(Enumerable.Repeat(new string('x', 900) + "\n", Lines));
        List<string> heard;
        using (twait())
        {
            ann.Say(lines + "/quit", mkevent());
            timer(TimeSpan.FromSeconds(1), mkevent());      // the server has more to send than buffers hold, unless the system's are large
        }
        twait(e => ann.HearAll(e), out heard);
        Assert.Equal(Lines, heard.Count(line => line.StartsWith("ann: x", StringComparison.Ordinal)));
        listener.Dispose();
        done.Trigger();
    }

    [Tamed] private static partial void SayNothing(Event done);

    private static void SayNothingBody(Event done)
    {
        var (listener, server) = Start();
        server.Run(listener, Event.Ignored);
        twait(e => Enter(listener, "ann", e), out LineClient ann);
        twait(e => timer(TimeSpan.FromMinutes(29), e));
        Assert.Equal(1, server.Count);
        twait(e => timer(TimeSpan.FromMinutes(2), e));
        Assert.Equal(0, server.Count);
        ann.Dispose();
        listener.Dispose();
        done.Trigger();
    }

    [Tamed] private static partial void ServeOfSystem(Event done);

    private static void ServeOfSystemBody(Event done)
    {
        var (listener, server) = Start();
        server.Run(listener, Event.Ignored);
        var address = (IPEndPoint)listener.LocalEndPoint;
        twait(Task.Run(() => Talk(address)), out string heard);
        Assert.Equal("* zoe is in lobby\nzoe: one\nzoe: two\n", heard);
        listener.Dispose();
        done.Trigger();

        static string Talk(IPEndPoint address)
        {
            using var client = new TcpClient();
            client.Connect(address);
            client.GetStream().Write("zoe\r\none\r\ntwo\r\n/quit\r\n"u8);
            using var reader = new StreamReader(client.GetStream());
            return reader.ReadToEnd();
        }
    }

    [Tamed] private static partial void ServeMany(int count, Event done);

    private static void ServeManyBody(int count, Event done)
    {
        var listener = Network.Current.Listen(Networked.AnyPort, new ListenOptions { Backlog = 4096 });
        var server = new ChatServer(TextWriter.Null);
        server.Run(listener, Event.Ignored);
        string port = ((IPEndPoint)listener.LocalEndPoint).Port.ToString(CultureInfo.InvariantCulture);
        var options = new ChildProcessOptions("dotnet")
        {
            Arguments = [typeof(ChatTests).Assembly.Location, "load", port, count.ToString(CultureInfo.InvariantCulture)],
            RedirectStandardOutput = true,
        };
        twait(e => ChildProcess.Start(options, e), out ChildProcess process);
        using var closing = process;
        using var answers = new Reader(process.StandardOutput);
        twait(e => answers.ReadLine(e.WithTimeout(TimeSpan.FromMinutes(3))), out string? answer);
        Assert.Equal($"{10 * count} lines", answer);
        twait(e => process.WaitForExit(e.WithTimeout(TimeSpan.FromMinutes(1))), out int code);
        Assert.Equal(0, code);
        for (int left = 1000; left > 0 && server.Count != 0; left--)
            twait(e => timer(TimeSpan.FromMilliseconds(10), e));
        Assert.Equal(0, server.Count);
        listener.Dispose();
        done.Trigger();
    }

    private static (Listener Listener, ChatServer Server) Start() => (Network.Current.Listen(Networked.AnyPort), new ChatServer(TextWriter.Null));

    [Tamed] private static partial void Enter(Listener listener, string name, Event<LineClient> entered);

    private static void EnterBody(Listener listener, string name, Event<LineClient> entered)
    {
        twait(e => LineClient.Connect(listener.LocalEndPoint, e), out LineClient client);
        twait(e => client.Say(name, e));
        twait(e => client.HearUntil($"* {name} is in lobby", e), out List<string> _);
        entered.Trigger(client);
    }
}
