var began = DateTimeOffset.UtcNow;
EventLoop.Run(Tour.Start, new EventLoopOptions { VirtualTime = true });
Console.WriteLine(DateTimeOffset.UtcNow - began < TimeSpan.FromMinutes(1) ? "an hour passed in no time" : "an hour passed");
