using Tame.IO;

// Started as a child process by the tour itself.
if (args is ["child"])
{
    Console.WriteLine("hello from the child");
    return;
}

Console.WriteLine("the system's network");
EventLoop.Run(Tour.Start);
Console.WriteLine("a network in memory");
EventLoop.Run(Tour.Start, new EventLoopOptions { Network = new MemoryNetwork(), VirtualTime = true });
EventLoop.Run(Tour.Parent);
EventLoop.Run(Orders.Start);
EventLoop.Run(Secrets.Start);
