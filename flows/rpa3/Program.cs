using Rpa3;
using Seatrial.Worker.Hosting;

return await WorkerHost.RunAsync(Publication.Configure);
