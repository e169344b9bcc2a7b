using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Tame.Samples.Tests.MultiDns;

/// <summary>Answers a name after as many seconds as it says: "3" after three, with address 10.0.0.3; "3!" fails after three.</summary>
internal static partial class FakeResolver
{
    [Tamed]
    public static partial void GetHost(string name, Event<IPAddress?> address);

    private static void GetHostBody(string name, Event<IPAddress?> address)
    {
        int seconds = int.Parse(name.TrimEnd('!'), CultureInfo.InvariantCulture);
        using (twait())
            timer(TimeSpan.FromSeconds(seconds), mkevent());
        if (name.EndsWith('!'))
            throw new SocketException((int)SocketError.HostNotFound);
        address.Trigger(new IPAddress([10, 0, 0, (byte)seconds]));
    }
}
